# Sourced by run, test, phongtuyen and .ci/run, which set $root. Checks what the copy needs and builds what has changed.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_UI_LANGUAGE=en
# Vietnamese order and case need ICU; some container images turn it off.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0
export PHONGTUYEN_HOME="${root:?}"

# stop_with VIETNAMESE ENGLISH [CODE]: one clear sentence in each language, and an exit code: 3 where the machine lacks something.
stop_with() {
  printf '%s\n%s\n' "$1" "$2" >&2
  exit "${3:-3}"
}

# A user without a home of his own (a service, a container) gets one within the copy: dotnet and npm need it.
if [ ! -d "${HOME:-}" ] || [ ! -w "${HOME:-}" ]; then
  HOME="$root/artifacts/home"
  mkdir -p "$HOME"
  export HOME
fi
command -v dotnet >/dev/null 2>&1 || PATH="$PATH:${DOTNET_ROOT:-/usr/share/dotnet}:$HOME/.dotnet:/usr/local/share/dotnet"

command -v dotnet >/dev/null 2>&1 ||
  stop_with "Chưa có .NET SDK 10: hãy cài từ https://dotnet.microsoft.com/download rồi chạy lại." \
    "The .NET SDK 10 is missing: install it from https://dotnet.microsoft.com/download and run this again."

need_dotnet() {
  # In the copy, so that global.json decides.
  found=$( (cd "$root" && dotnet --version) 2>&1) || true
  case $found in
    10.*) ;;
    *ICU*) stop_with "Thiếu thư viện ICU: hãy cài libicu (Debian: apt install libicu72) rồi chạy lại." \
      "The ICU library is missing: install libicu (Debian: apt install libicu72) and run this again." ;;
    *) stop_with "Cần .NET SDK 10, nhưng máy này chỉ có: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')" \
      "The .NET SDK 10 is needed, but this machine has only: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')" ;;
  esac
}

need_node() {
  major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/') || true
  if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
    stop_with "Cần Node.js 20 trở lên (kèm npm): hãy cài từ https://nodejs.org rồi chạy lại." \
      "Node.js 20 or later (with npm) is needed: install it from https://nodejs.org and run this again."
  fi
}

# quietly NAME COMMAND…: its output goes to artifacts/NAME.log and is shown only when it fails.
quietly() {
  output="$root/artifacts/$1.log"
  shift
  # Without the lock's descriptor: the compiler's server outlives the build and would hold it.
  if "$@" >"$output" 2>&1 </dev/null 9>&-; then return 0; fi
  awk '!seen[$0]++' "$output" >&2
  return 1
}

# Installs the packages of package-lock.json, without their scripts, when the lock or the kind of machine has changed.
install_packages() {
  installed="$root/node_modules/.installed"
  wanted="$root/artifacts/packages"
  { uname -sm; cat "$root/package-lock.json"; } >"$wanted"
  if cmp -s "$wanted" "$installed"; then return 0; fi
  need_node
  say "Đang cài các gói npm… / Installing the npm packages…"
  (cd "$root" && quietly npm npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
    stop_with "Không cài được các gói npm: hãy kiểm tra kết nối mạng rồi chạy lại." \
      "The npm packages could not be installed: check the network connection and run this again."
  cp "$wanted" "$installed"
}

# Progress goes to standard error: standard output belongs to the program.
say() { printf '%s\n' "$1" >&2; }

# sources TEST…: what `find` finds below the folders from which the program is built.
sources() {
  for name in src bench tests policies docs; do
    if [ -d "$root/$name" ]; then
      find "$root/$name" \( -name bin -o -name obj -o -name dist -o -name .data \) -prune -o "$@"
    fi
  done
}

# newer_than FILE: sources that are newer. Folders count, since a file that was removed changes only them.
newer_than() {
  sources -newer "$1" -print
  find "$root" -maxdepth 1 -type f -newer "$1" \
    \( -name '*.props' -o -name '*.targets' -o -name '*.slnx' -o -name '*.json' -o -name '*.ts' -o -name '*.txt' -o -name .editorconfig \)
}

# is_built NAME: nothing has changed since it was built.
is_built() {
  [ -f "$root/artifacts/$1.built" ] && [ -f "$root/node_modules/.installed" ] && [ -z "$(newer_than "$root/artifacts/$1.built")" ]
}

# build NAME PROJECT: builds it in Release, unless nothing has changed since the last time.
build() {
  mkdir -p "$root/artifacts"
  if is_built "$1"; then return 0; fi
  one_at_a_time
  # Another command may just have built it.
  if is_built "$1"; then one_at_a_time_end; return 0; fi
  need_dotnet
  install_packages
  say "Đang dựng chương trình… / Building…"
  # The build writes into the files in place; a program that runs from them must keep the old ones, or it falls over.
  find "$root/src" "$root/bench" -path '*/bin/Release/*' -name 'PhongTuyen*.dll' \
    -exec sh -c 'cp -p "$1" "$1.new" && mv "$1.new" "$1"' sh {} \;
  begun="$root/artifacts/$1.begun"
  : >"$begun"
  locked=
  if [ "${CI:-}" = true ]; then locked=-p:RestoreLockedMode=true; fi
  # One compiler for all projects, which neither counts for better code later nor guards what it writes: half the time of a build from nothing.
  (
    export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0 DOTNET_gcServer=0
    quietly "build-$1" dotnet build "$root/$2" -c Release -nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true $locked
  ) ||
    stop_with "Không dựng được chương trình; các lỗi ở trên." "The program could not be built; the errors stand above." 1
  # There it would only stand beside the tests.
  if [ "${CI:-}" = true ]; then dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || :; fi
  # What was edited during the build is not in it.
  if [ -z "$(sources -type f -newer "$begun" -print)" ]; then
    parts=$1
    if [ "$1" = all ]; then parts="all web cli bench"; fi
    for part in $parts; do : >"$root/artifacts/$part.built"; done
  fi
  one_at_a_time_end
}

# Two builds of one copy at once would write the same files; another copy is not concerned.
one_at_a_time() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$root/artifacts/build.lock"
    flock 9
  fi
}
one_at_a_time_end() { exec 9>&-; }
