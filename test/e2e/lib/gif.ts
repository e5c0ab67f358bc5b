import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import { PNG } from 'pngjs';

/** One picture of a moving picture. */
export interface Frame {
	png: Buffer;
	/** How long it stands, in ms. */
	ms: number;
}

/** Enough for the grey, black and few colours of n8n's editor; more makes the file larger. */
const COLOURS = 64;

/** @returns a GIF that shows the frames over and over */
export function toGif(frames: Frame[]): Uint8Array {
	const encoder = GIFEncoder();
	for (const { png, ms } of frames) {
		const { data, width, height } = PNG.sync.read(png);
		const palette = quantize(data, COLOURS);
		const pixels = applyPalette(data, palette);
		encoder.writeFrame(pixels, width, height, { palette, delay: ms });
	}
	encoder.finish();
	return encoder.bytes();
}
