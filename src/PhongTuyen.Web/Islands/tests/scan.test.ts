import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseBirth } from '../dates.ts';
import { scan } from '../scan.ts';

const CARD = '079087000001|023456789|Nguyễn Văn An|18011987|Nam|12 Lê Lợi, Bến Nghé, Quận 1|15042021';
const MASKED = '******000001|NGUYEN VAN AN|1987-**-**|0|162979388586171100|<1<<0900000001';
const words = ['filled-identity-card', 'filled-insurance-card', 'filled-personal-code', 'fields', 'kept', 'masked', 'no-accents', 'take', 'undo', 'undone', 'cut-short', 'letters', 'link', 'unknown']
  .map(word => `<p data-word="${word}">${word} ${word === 'fields' ? '{fields}' : word === 'kept' ? '{field}={typed}≠{card}' : word === 'masked' ? '{end}' : ''}</p>`).join('');
const tools = `<button type="button" data-camera hidden></button><div data-scan-said role="status"></div><template data-scan-words>${words}</template>`;
const field = (name: string, label: string, value = '') => `<div class="pt-field"><label for="${name}">${label}</label><input type="text" id="${name}" name="${name}" value="${value}"></div>`;
const sex = `<fieldset class="pt-field"><legend>Giới tính</legend>${['Unknown', 'Male', 'Female'].map(value => `<label class="pt-choice"><input type="radio" name="Form.Sex" value="${value}"${value === 'Unknown' ? ' checked' : ''}><span>${value}</span></label>`).join('')}</fieldset>`;
const paper = `<form data-scan="paper" method="post">${field('Form.Name', 'Họ và tên')}${tools}${sex}${field('Form.Birth', 'Ngày sinh')}${field('Form.Number', 'Số giấy tờ')}${field('Form.Phone', 'Điện thoại')}
  <fieldset><legend>Nơi ở</legend><input type="hidden" name="Form.Whole" value="false">${field('Form.AreaText', 'Xã')}${field('Form.Line', 'Số nhà')}</fieldset></form>`;
const person = `<form data-scan="person" method="post">${field('Form.Name', 'Họ và tên')}${tools}${sex}${field('Form.Birth', 'Ngày sinh')}
  ${[0, 1, 2].map(i => `${i === 1 ? '<details>' : ''}<select name="Form.Documents[${i}].Kind"><option value=""></option><option>CitizenCard</option><option>OldIdentityCard</option><option>HealthInsurance</option></select>${field(`Form.Documents[${i}].Number`, 'Số')}`).join('')}</details>
  ${field('Form.Phones[0].Number', 'Điện thoại')}
  <details id="more"><fieldset><legend>Thường trú</legend><input type="hidden" name="Form.Addresses[1].Kind" value="Permanent"><input type="hidden" name="Form.Addresses[1].Whole" value="false">${field('Form.Addresses[1].AreaText', 'Xã')}${field('Form.Addresses[1].Line', 'Số nhà')}</fieldset></details></form>`;

const form = () => document.querySelector('form')!;
const input = (name: string) => document.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
const value = (name: string) => input(name).type === 'radio' ? document.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)?.value : input(name).value;
const said = () => document.querySelector('[data-scan-said]')!.textContent!;
const press = (target: HTMLElement, key: string) => { const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }); target.dispatchEvent(event); return event.defaultPrevented; };
let at = 0;
/** What a hand does slowly, and a reader in one go. */
function put(text: string, slowly = false, kind = 'insertText'): void {
  const box = input('Form.Name');
  at += 5_000;
  for (const letter of kind === 'insertText' ? text : [text]) {
    box.value += letter;
    const event = new InputEvent('input', { bubbles: true, inputType: kind });
    Object.defineProperty(event, 'timeStamp', { value: at += slowly ? 180 : 5 });
    box.dispatchEvent(event);
  }
}
const show = (html: string) => {
  document.body.innerHTML = html;
  scan(document, { today: () => ({ year: 2021, month: 8, day: 20 }), birth: parseBirth, camera: () => Promise.reject(new Error()), decoder: () => Promise.reject(new Error()) });
};

let sent = 0;
beforeEach(() => { sent = 0; });
document.addEventListener('submit', event => { sent++; event.preventDefault(); });
afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals(); });

it('A reader fills the form of a paper without sending it, says what, and the cursor stands at what is missing', () => {
  show(paper);
  put(CARD);
  expect(press(input('Form.Name'), 'Enter')).toBe(true);
  expect(['Form.Name', 'Form.Sex', 'Form.Birth', 'Form.Number', 'Form.Phone', 'Form.Line', 'Form.Whole'].map(value)).toEqual(['Nguyễn Văn An', 'Male', '18/01/1987', '079087000001', '', '12 Lê Lợi, Bến Nghé, Quận 1', 'true']);
  expect(said()).toContain('filled-identity-card');
  expect(said()).toContain('Họ và tên, Ngày sinh, Giới tính, Số giấy tờ, Nơi ở');
  expect(document.activeElement).toBe(input('Form.Phone'));
  expect([sent, form().dataset['guard']]).toEqual([0, 'dirty']);
});

it('One key takes all of it back, but for what was changed since', () => {
  show(paper);
  put(CARD);
  press(input('Form.Name'), 'Enter');
  input('Form.Birth').value = '19/01/1987';
  expect(press(input('Form.Phone'), 'Escape')).toBe(true);
  expect(['Form.Name', 'Form.Sex', 'Form.Birth', 'Form.Number', 'Form.Line', 'Form.Whole'].map(value)).toEqual(['', 'Unknown', '19/01/1987', '', '', 'false']);
  expect(document.querySelectorAll('.pt-from-card').length).toBe(0);
  expect(said()).toContain('undone');
  expect(document.activeElement).toBe(input('Form.Name'));
  expect(press(input('Form.Phone'), 'Escape')).toBe(false);
});

it('What was typed stays, is said beside what the card says, and gives way only when somebody says so', () => {
  show(paper);
  put('Nguyễn Văn Am', true);
  input('Form.Birth').value = '1978';
  input('Form.Number').value = '079 087 000 001';
  input('Form.Phone').value = '0912345678';
  put(CARD);
  press(input('Form.Name'), 'Enter');
  expect(['Form.Name', 'Form.Birth', 'Form.Number', 'Form.Sex'].map(value)).toEqual(['Nguyễn Văn Am', '1978', '079 087 000 001', 'Male']);
  expect(said()).toContain('Họ và tên=Nguyễn Văn Am≠Nguyễn Văn An');
  expect(said()).toContain('Ngày sinh=1978≠18/01/1987');
  expect(said()).not.toContain('Số giấy tờ=');
  [...document.querySelectorAll<HTMLButtonElement>('[data-scan-said] button')].find(button => button.textContent!.startsWith('take'))!.click();
  expect(['Form.Name', 'Form.Birth'].map(value)).toEqual(['Nguyễn Văn An', '18/01/1987']);
  press(input('Form.Name'), 'Escape');
  expect(['Form.Name', 'Form.Birth', 'Form.Sex', 'Form.Phone'].map(value)).toEqual(['Nguyễn Văn Am', '1978', 'Unknown', '0912345678']);
});

it('A second card replaces what the first has filled', () => {
  show(paper);
  put(CARD);
  press(input('Form.Name'), 'Enter');
  put('079187000002||Trần Thị Bình|00001990|Nữ|Tổ 5|15042021');
  press(input('Form.Name'), 'Enter');
  expect(['Form.Name', 'Form.Sex', 'Form.Birth', 'Form.Number', 'Form.Line'].map(value)).toEqual(['Trần Thị Bình', 'Female', '1990', '079187000002', 'Tổ 5']);
});

it('Each number of a person stands in a row of its own with its kind; blocks with something filled are open', () => {
  show(person);
  input('Form.Documents[0].Number').value = 'C1234567';
  put(CARD);
  press(input('Form.Name'), 'Enter');
  expect([0, 1, 2].map(i => `${value(`Form.Documents[${i}].Kind`)} ${value(`Form.Documents[${i}].Number`)}`)).toEqual([' C1234567', 'CitizenCard 079087000001', 'OldIdentityCard 023456789']);
  expect([...document.querySelectorAll('details')].map(block => block.open)).toEqual([true, true]);
  expect(value('Form.Addresses[1].Whole')).toBe('true');
  expect(said()).toContain('Thường trú');
});

it('A code that hides says what it hides, and a chosen area keeps its place', () => {
  show(paper);
  input('Form.AreaText').value = 'Xã Thử Một';
  put(MASKED);
  press(input('Form.Name'), 'Enter');
  expect(['Form.Name', 'Form.Birth', 'Form.Number', 'Form.Phone', 'Form.Line'].map(value)).toEqual(['NGUYEN VAN AN', '1987', '', '0900000001', '']);
  expect(said()).toContain('masked 000001');
  expect(said()).toContain('no-accents');
});

it('A pasted text, and one that ends in Tab, is read as well', () => {
  show(paper);
  put(CARD, false, 'insertFromPaste');
  expect(value('Form.Name')).toBe('Nguyễn Văn An');
  show(paper);
  put(CARD);
  input('Form.Name').dispatchEvent(new Event('change', { bubbles: true }));
  expect(value('Form.Birth')).toBe('18/01/1987');
});

it('What is no card is said, nothing of it stays, and what was typed before does', () => {
  show(paper);
  put('Nguyễn', true);
  put('https://qr.example/1');
  expect(press(input('Form.Name'), 'Enter')).toBe(true);
  expect([value('Form.Name'), said().trim()]).toEqual(['Nguyễn', 'link']);
  put('079087000001||Nguy?n V?n An|18011987|Nam|12 L? L?i');
  press(input('Form.Name'), 'Enter');
  expect([value('Form.Name'), said().trim()]).toEqual(['Nguyễn', 'letters']);
});

it('A name that is typed is left alone', () => {
  show(paper);
  put('Nguyễn Văn An', true);
  expect(press(input('Form.Name'), 'Enter')).toBe(false);
  expect(said()).toBe('');
});

it('In the search a card is asked for, and what is none is said at once', () => {
  show(`<form data-scan="search" method="post">${field('q', 'Tìm')}${tools}</form>`);
  input('q').value = CARD;
  expect(press(input('q'), 'Enter')).toBe(false);
  input('q').value = '079087000001|02';
  expect(press(input('q'), 'Enter')).toBe(true);
  expect(said().trim()).toBe('cut-short');
});

it('The button of the camera is there only where there is a camera to ask for', () => {
  show(paper);
  expect(document.querySelector<HTMLButtonElement>('[data-camera]')!.hidden).toBe(true);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.reject(new Error()) } });
  show(paper);
  expect(document.querySelector<HTMLButtonElement>('[data-camera]')!.hidden).toBe(false);
});
