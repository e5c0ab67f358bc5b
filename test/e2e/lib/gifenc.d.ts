/** gifenc has no types; this is the part that is used here. */
declare module 'gifenc' {
	type Palette = number[][];

	interface FrameOptions {
		palette: Palette;
		/** Time until the next frame, in ms. */
		delay: number;
	}

	interface Encoder {
		writeFrame: (pixels: Uint8Array, width: number, height: number, options: FrameOptions) => void;
		finish: () => void;
		bytes: () => Uint8Array;
	}

	export function GIFEncoder(): Encoder;
	/** @param rgba four bytes per pixel */
	export function quantize(rgba: Uint8Array, colours: number): Palette;
	export function applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
}
