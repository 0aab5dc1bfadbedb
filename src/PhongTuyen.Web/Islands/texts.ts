/** The few sentences that islands say themselves. A page may say another one with data-text-KEY on the element or around it. */
const vi = {
  'none-found': 'Không tìm thấy. Anh/chị thử gõ ít chữ hơn, hoặc để nguyên chữ đã gõ.',
  'search-failed': 'Chưa tìm được vì mất kết nối. Chữ đã gõ vẫn được giữ.',
  'results': '{n} kết quả, dùng phím mũi tên để chọn',
  'selected': 'Đã chọn {n}',
  'today': 'Hôm nay',
  'now': 'Bây giờ',
  'live': 'Đang cập nhật',
  'waiting': 'Đang chờ kết nối',
  'confirm-yes': 'Đồng ý',
  'confirm-no': 'Quay lại',
  'copied': 'Đã chép',
  'close': 'Đóng',
  'choose-file': 'Chọn tệp',
  'send-failed': 'Chưa gửi được vì mất kết nối. Những gì đã gõ vẫn còn trên trang này: khi có mạng, anh/chị bấm lại nút vừa bấm.',
  'send-audit': 'Chưa lưu được vì lúc này chương trình không ghi được nhật ký truy cập. Những gì đã gõ vẫn còn trên trang này: đừng đóng trang, lát nữa bấm lại nút vừa bấm. Nếu kéo dài, hãy gọi người quản trị máy chủ.',
  'send-again': 'Chương trình đã ghi lại được. Những gì đã gõ vẫn còn: anh/chị bấm lại nút vừa bấm để lưu.',
  'send-expired': 'Chưa gửi được vì phiên làm việc đã hết. Những gì đã gõ vẫn còn: anh/chị đăng nhập ở thẻ mới, rồi quay lại đây bấm lại.',
  'sign-in-again': 'Đăng nhập ở thẻ mới',
  'file-type': 'Loại tệp này không đọc được. Cần tệp {n}.',
  'file-size': 'Tệp lớn hơn {n} MB.',
};

const en: Record<keyof typeof vi, string> = {
  'none-found': 'Nothing found. Try fewer letters, or leave the text as it is.',
  'search-failed': 'No connection, so nothing could be looked up. The text is kept.',
  'results': '{n} results, use the arrow keys to choose',
  'selected': '{n} selected',
  'today': 'Today',
  'now': 'Now',
  'live': 'Live',
  'waiting': 'Waiting for the connection',
  'confirm-yes': 'Yes',
  'confirm-no': 'Go back',
  'copied': 'Copied',
  'close': 'Close',
  'choose-file': 'Choose a file',
  'send-failed': 'Not sent: there is no connection. What you typed is still on this page; press the button again when the network is back.',
  'send-audit': 'Not saved: the program cannot write its audit now. What you typed is still on this page; leave it open and press the button again in a while. If it lasts, call whoever runs the server.',
  'send-again': 'The program can save again. What you typed is still here; press the button again to save it.',
  'send-expired': 'Not sent: your session has ended. What you typed is still here; sign in on a new tab, then press the button again.',
  'sign-in-again': 'Sign in on a new tab',
  'file-type': 'This kind of file cannot be read. It has to be {n}.',
  'file-size': 'The file is larger than {n} MB.',
};

export type TextKey = keyof typeof vi;

/** The sentence in the language of the page. */
export function text(key: TextKey, near?: Element | null, n?: number | string): string {
  const own = near?.closest(`[data-text-${key}]`)?.getAttribute(`data-text-${key}`);
  const table = document.documentElement.lang.startsWith('en') ? en : vi;
  return (own ?? table[key]).replace('{n}', String(n ?? ''));
}
