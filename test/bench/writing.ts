import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FaultRule, Sandbox } from '../../sandbox';
import { applicationId } from './candidates';
import { faultNamed } from './faults/scenarios';

/** What one process is to write: a check, or a change of one, for each input item. */
export type Writing =
	/** Checks on so many applications in turn; with `fileBytes` a file of that size each. */
	| { kind: 'create'; count: number; applications: number; fileBytes?: number }
	/** New names for these checks. */
	| { kind: 'update'; ids: string[] };

/** The checks that a bench writes are told by their names. */
const PREFIX = '性能测试 ';

const CHUNK_BYTES = 1_000_000;

/** The items of a writing: what each check is to hold. */
export function writtenItems(work: Writing) {
	if (work.kind === 'update') return work.ids.map((id) => ({ id, name: PREFIX + id }));
	return Array.from({ length: work.count }, (_, n) => ({
		id: applicationId(n % work.applications),
		name: PREFIX + String(n),
	}));
}

export const RESULT = '已通过';
export const DATE_MS = 1_700_000_000_000;

function* chunksOf(number: number, bytes: number) {
	const chunk = Buffer.alloc(CHUNK_BYTES, number + 1);
	for (let left = bytes; left > 0; left -= CHUNK_BYTES) yield chunk.subarray(0, left);
}

/** The file of the nth item. */
export const fileOf = (number: number, bytes: number): Readable =>
	Readable.from(chunksOf(number, bytes));

function hashOf(number: number, bytes: number): string {
	const hash = createHash('sha256');
	for (const chunk of chunksOf(number, bytes)) hash.update(chunk);
	return hash.digest('hex');
}

/** The rows that a tenant must hold after a writing: names of checks, hashes of files. */
export function expectedOfWriting(work: Writing): string[] {
	const items = writtenItems(work);
	const { fileBytes } = { fileBytes: undefined, ...work };
	const files = fileBytes === undefined ? [] : items.map((_, n) => hashOf(n, fileBytes));
	return [...items.map(({ name }) => name), ...files];
}

/** The rows that a tenant does hold. */
export function writtenTo({ checks, requests }: Sandbox): string[] {
	const names = checks.all().flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []));
	const files = requests('upload').flatMap(({ status, upload }) =>
		status === 200 && upload ? [upload.sha256] : [],
	);
	return [...names, ...files];
}

/** Faults for a share of the creates: half before the check is there, half after, when the answer is lost. */
export function writeFaults(share: number): FaultRule[] {
	const kinds = ['connection reset', 'HTTP 502'].map((name) => faultNamed(name).do);
	const actions = kinds.flatMap((kind) =>
		(['before', 'after'] as const).map((when) =>
			typeof kind === 'string' ? { kind, when } : { ...kind, when },
		),
	);
	return actions.map((action, index) => ({
		api: 'create_check',
		always: true,
		probability: share / actions.length,
		seed: index + 1,
		do: action as FaultRule['do'],
	}));
}
