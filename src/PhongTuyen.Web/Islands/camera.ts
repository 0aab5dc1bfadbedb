/** The library that reads codes in pictures: qr.ts. */
export interface Decoder { decoder(): Promise<(picture: ImageData) => Promise<string | null>> }

/** What the camera is asked to read, and how it says what it does. */
export interface Wanted {
  word(key: string): string;
  /** What was read: null where it was wanted, else why not. */
  take(text: string): string | null;
  closed(taken: boolean): void;
  decoder(): Promise<Decoder>;
}

const LOOK_MS = 150;

/** Reads a picture: the text of a code in it, or null. */
type Reader = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
interface DetectorKind { new(options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

/** That of the browser, where it has one that reads these codes; else the library, which only then is loaded, from this server. */
async function reader(wanted: Wanted): Promise<Reader> {
  const kind = (window as { BarcodeDetector?: DetectorKind }).BarcodeDetector;
  if (kind && (await kind.getSupportedFormats().catch((): string[] => [])).includes('qr_code')) {
    const detector = new kind({ formats: ['qr_code'] });
    return async video => (await detector.detect(video))[0]?.rawValue || null;
  }
  const { decoder } = await wanted.decoder();
  const [decode, canvas] = [await decoder(), document.createElement('canvas')];
  const drawing = canvas.getContext('2d', { willReadFrequently: true })!;
  return async video => {
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    drawing.drawImage(video, 0, 0);
    return decode(drawing.getImageData(0, 0, canvas.width, canvas.height));
  };
}

/** Which sentence says why there is no picture. */
export function trouble(fault: unknown): string {
  const name = (fault as { name?: string } | null)?.name;
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera-denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'camera-none';
  return name === 'NotReadableError' || name === 'AbortError' ? 'camera-busy' : 'camera-failed';
}

/** A dialog with the picture of the camera. The camera is on while it stands there and the page is seen, and no moment longer. */
export async function openCamera(wanted: Wanted): Promise<void> {
  const { dialog, video, said } = frame(wanted);
  let stream: MediaStream | null = null;
  let taken = false;
  const hide = () => { if (document.visibilityState === 'hidden') dialog.close(); };
  const leave = () => dialog.close();
  dialog.addEventListener('close', () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    dialog.remove();
    document.removeEventListener('visibilitychange', hide);
    window.removeEventListener('pagehide', leave);
    wanted.closed(taken);
  });
  document.addEventListener('visibilitychange', hide);
  window.addEventListener('pagehide', leave);
  dialog.showModal();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } } });
    if (!dialog.open) { // closed while the browser was asking
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    video.srcObject = stream;
    await video.play();
    const read = await reader(wanted);
    said.textContent = wanted.word('camera-hold');
    while (dialog.open && !taken) {
      const text = video.videoWidth > 0 ? await read(video).catch(() => null) : null;
      if (!dialog.open) break;
      const refused = text === null ? null : wanted.take(text);
      if (refused !== null) said.textContent = refused;
      taken = text !== null && refused === null;
      if (!taken) await new Promise(resolve => setTimeout(resolve, LOOK_MS));
    }
    dialog.close();
  } catch (fault) {
    said.textContent = wanted.word(trouble(fault));
    said.setAttribute('role', 'alert');
    video.hidden = true;
  }
}

function frame(wanted: Wanted): { dialog: HTMLDialogElement; video: HTMLVideoElement; said: HTMLElement } {
  const [dialog, heading, video, said, row, close] = [document.createElement('dialog'), document.createElement('h2'), document.createElement('video'), document.createElement('p'), document.createElement('div'), document.createElement('button')];
  Object.assign(heading, { id: 'pt-camera-title', textContent: wanted.word('camera') });
  dialog.className = 'pt-dialog';
  dialog.setAttribute('aria-labelledby', heading.id);
  Object.assign(video, { muted: true, playsInline: true, className: 'pt-camera' });
  said.setAttribute('role', 'status');
  said.textContent = wanted.word('camera-wait');
  row.className = 'pt-row';
  Object.assign(close, { type: 'button', className: 'btn', textContent: wanted.word('camera-close') });
  close.addEventListener('click', () => dialog.close());
  row.append(close);
  dialog.append(heading, video, said, row);
  document.body.append(dialog);
  return { dialog, video, said };
}
