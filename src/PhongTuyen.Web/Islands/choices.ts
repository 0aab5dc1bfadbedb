/** The words of yes and no in the languages of the pages, with the key of each. */
const ANSWERS: Record<string, string> = { 'có': 'c', 'không': 'k', 'yes': 'y', 'no': 'n' };

type Box = HTMLInputElement;

const words = (box: Box) => (box.closest('label')?.querySelector('span')?.textContent ?? '').trim().toLowerCase();
const group = (box: Box) => box.type === 'radio' ? [...box.form!.querySelectorAll<Box>('input[type=radio]')].filter(other => other.name === box.name) : [box];

/** The key that chooses this one: c and k where the answers are yes and no, else its number among them. A box to tick has c and k alone. */
function keysOf(box: Box): string[] {
  if (box.type === 'checkbox') return [];
  const all = group(box);
  const own = ANSWERS[words(box)];
  const number = String(all.indexOf(box) + 1);
  return own && all.filter(one => ANSWERS[words(one)]).length === 2 ? [own, number] : [number];
}

/** In form[data-digits], where the cursor stands on a choice one key answers it: the number of the answer, c or k for yes or no. Each answer shows its key. */
export function choices(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-digits]')) {
    for (const box of form.querySelectorAll<Box>('.pt-choice > input[type=radio], .pt-choice > input[type=checkbox]')) show(box);
    form.addEventListener('keydown', event => {
      const box = event.target;
      if (event.ctrlKey || event.metaKey || event.altKey || !(box instanceof HTMLInputElement) || !['radio', 'checkbox'].includes(box.type)) return;
      const pressed = event.key.toLowerCase();
      if (box.type === 'checkbox') {
        if (pressed !== 'c' && pressed !== 'k') return;
        if (box.checked !== (pressed === 'c')) box.click();
      } else {
        const chosen = group(box).find(one => keysOf(one).includes(pressed));
        if (!chosen) return;
        chosen.click();
        chosen.focus();
      }
      event.preventDefault();
    });
  }
}

function show(box: Box): void {
  const cap = document.createElement('kbd');
  cap.textContent = box.type === 'checkbox' ? 'c' : keysOf(box)[0]!;
  cap.setAttribute('aria-hidden', 'true');
  box.closest('label')!.append(cap);
}
