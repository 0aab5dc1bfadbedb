import { choices } from './choices.ts';
import { inPlace } from './in-place.ts';
import { picture } from './picture.ts';
import { scan, type Lent } from './scan.ts';

/** What makes one page after the other quick to enter; loaded where there is such a form. */
export function entry(root: ParentNode, lent: Lent & { enhance(root: ParentNode): void }): void {
  scan(root, lent);
  choices(root);
  picture(root);
  inPlace(root, part => {
    lent.enhance(part);
    entry(part, lent);
  });
}
