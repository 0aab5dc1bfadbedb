import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Reads QR codes in a picture. The library asks another host for its program by default: here it is one of our own files. */
export async function decoder(): Promise<(picture: ImageData) => Promise<string | null>> {
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return async picture => (await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1 })).find(code => code.isValid)?.text ?? null;
}
