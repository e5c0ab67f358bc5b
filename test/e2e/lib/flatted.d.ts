/** flatted's own types are for ES modules only. */
declare module 'flatted' {
	export function parse(text: string): unknown;
}
