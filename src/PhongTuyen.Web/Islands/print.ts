/** <button type="button" data-print data-script hidden>: asks the browser to print the page. */
export function print(root: Document): void {
  root.addEventListener('click', event => {
    if ((event.target as Element).closest('[data-print]')) window.print();
  });
}
