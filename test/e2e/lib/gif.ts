import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import { PNG } from 'pngjs';

/** One frame of an animation. */
export interface Frame {
	png: Buffer;
	/** How long it is shown, in ms. */
	ms: number;
}

/** Enough for the greys, black and few colours of n8n's editor. More would make the file larger. */
const COLOURS = 64;

/** @returns a GIF that repeats the frames forever */
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
