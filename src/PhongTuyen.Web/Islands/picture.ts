const ZOOMS = [1, 1.5, 2, 3, 4];

/** How large, and where in it: it stays from one picture to the next, since the papers of a pile are alike. */
let zoom = 0;
let place: { left: number; top: number } = { left: 0, top: 0 };

/**
 * section[data-picture]: a paper beside the form that is typed from it. Alt+J and Alt+K show the next and the one before, Alt+= and Alt+− enlarge, Alt+PageDown and Alt+PageUp move in it, from
 * any field of the form; a picture is drawn along with the pointer.
 */
export function picture(root: ParentNode): void {
  for (const area of root.querySelectorAll<HTMLElement>('[data-picture]')) enhance(area);
}

function enhance(area: HTMLElement): void {
  const part = <T extends HTMLElement>(name: string) => area.querySelector<T>(`[data-picture-${name}]`);
  const [choose, view, image] = [part<HTMLSelectElement>('choose'), part('view'), part<HTMLImageElement>('image')];
  if (!view || !image) return;

  const size = () => {
    image.style.width = `${100 * ZOOMS[zoom]!}%`;
    view.classList.toggle('pt-picture-view--large', zoom > 0);
  };
  const larger = (by: number) => {
    const [before, middle] = [ZOOMS[zoom]!, { x: view.scrollLeft + view.clientWidth / 2, y: view.scrollTop + view.clientHeight / 2 }];
    zoom = Math.max(0, Math.min(ZOOMS.length - 1, zoom + by));
    size();
    const times = ZOOMS[zoom]! / before;
    view.scrollTo(middle.x * times - view.clientWidth / 2, middle.y * times - view.clientHeight / 2);
  };
  const show = () => {
    const chosen = choose?.selectedOptions[0];
    const { src, kind } = chosen?.dataset ?? {};
    const drawn = !!src && !!kind && kind !== 'Pdf';
    image.hidden = !drawn;
    if (drawn) image.src = src;
    else image.removeAttribute('src');
    image.alt = chosen?.textContent ?? '';
    view.setAttribute('aria-label', image.alt);
    part('file')!.hidden = kind !== 'Pdf';
    if (src) part<HTMLAnchorElement>('open')!.href = src;
    part('gone')!.hidden = !src || !!kind;
    part('none')!.hidden = !!src;
  };
  const step = (by: number) => {
    if (!choose) return;
    // Before the first file stands the paper in hand: the keys go among the files.
    const to = choose.selectedIndex === 0 && by < 0 ? choose.length - 1 : choose.selectedIndex + by;
    if (to < 1 || to >= choose.length) return;
    choose.selectedIndex = to;
    show();
  };
  const keys: Record<string, () => void> = {
    KeyJ: () => step(1), KeyK: () => step(-1), Equal: () => larger(1), NumpadAdd: () => larger(1), Minus: () => larger(-1), NumpadSubtract: () => larger(-1),
    PageDown: () => view.scrollBy(0, view.clientHeight * 0.6), PageUp: () => view.scrollBy(0, -view.clientHeight * 0.6),
  };

  choose?.addEventListener('change', show);
  for (const link of area.querySelectorAll<HTMLElement>('[data-picture-step]')) link.addEventListener('click', event => { event.preventDefault(); step(Number(link.dataset['pictureStep'])); });
  for (const button of area.querySelectorAll<HTMLElement>('[data-picture-zoom]')) {
    button.hidden = false;
    button.addEventListener('click', () => larger(Number(button.dataset['pictureZoom'])));
  }
  view.addEventListener('scroll', () => { place = { left: view.scrollLeft, top: view.scrollTop }; });
  view.addEventListener('pointerdown', event => {
    if (event.pointerType !== 'mouse' || event.button !== 0 || event.target !== image) return;
    event.preventDefault();
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener('pointermove', event => { if (view.hasPointerCapture(event.pointerId)) view.scrollBy(-event.movementX, -event.movementY); });

  // Only one among which one goes to and fro, or the only one of the page, takes keys.
  if (choose || document.querySelectorAll('[data-picture]').length === 1) {
    const press = (event: KeyboardEvent) => {
      if (!area.isConnected) return document.removeEventListener('keydown', press);
      if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !keys[event.code]) return;
      event.preventDefault();
      keys[event.code]!();
    };
    document.addEventListener('keydown', press);
    const back = { ...place };
    size();
    image.addEventListener('load', () => view.scrollTo(back.left, back.top), { once: true });
  }
}
