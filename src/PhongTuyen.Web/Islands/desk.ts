import './styles/tabler.scss';
import './styles/desk.css';
import { areaPicker } from './area-picker.ts';
import { confirm } from './confirm.ts';
import { copy } from './copy.ts';
import { dates } from './dates.ts';
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
