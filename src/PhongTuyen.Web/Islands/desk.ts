import './styles/tabler.scss';
import './styles/desk.css';
import { areaPicker } from './area-picker.ts';
import { inVietNam, now } from './clock.ts';
import { confirm } from './confirm.ts';
import { copy } from './copy.ts';
import { dateButtons, dates, parseBirth } from './dates.ts';
import { drop } from './drop.ts';
import { keepHistory } from './history.ts';
import { importProgress } from './import-progress.ts';
import { keys } from './keys.ts';
import { live } from './live.ts';
import { menus } from './menus.ts';
import { print } from './print.ts';
import { safeSend } from './safe-send.ts';
import { selectRows } from './select-rows.ts';
import { theme } from './theme.ts';
import { unitPicker } from './unit-picker.ts';
import { unsaved } from './unsaved.ts';

// Every page works without any of these.
theme(document);
keepHistory(document);
confirm(document); // before unsaved: a form that is not agreed counts as not sent
safeSend(document); // before unsaved, too: a form that waits for the answer counts as not sent
unsaved(document);
menus(document);
keys(document);
dates(document);
selectRows(document);
areaPicker(document);
unitPicker(document);
drop(document);
copy(document);
print(document);
live();
importProgress();

// What few pages need comes with them, and the camera's part when it is asked for. All of it is fetched here and lent what is here: a part that imported something of this script would run it again.
if (document.querySelector('form[data-scan], form[data-digits], [data-picture]')) {
  const enhance = (root: ParentNode) => { dateButtons(root); areaPicker(root); unitPicker(root); };
  const lent = { today: () => inVietNam(now()), birth: parseBirth, enhance, camera: () => import('./camera.ts'), decoder: () => import('./qr.ts') };
  void import('./entry.ts').then(({ entry }) => entry(document, lent));
}
