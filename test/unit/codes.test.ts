import {
	type CodeEntry,
	entryOf,
	FEISHU_CODES,
	SCOPE_CODES,
	UNKNOWN_CODE,
} from '../../nodes/shared/feishu/codes';

// Titles, advice and reactions: test/docs/errors.test.ts compares them with docs/errors.md.

const codesWith = (is: (entry: CodeEntry) => boolean) =>
	Object.entries(FEISHU_CODES)
		.filter(([, entry]) => is(entry))
		.map(([code]) => Number(code));

const CREDENTIAL = [10003, 10005, 10012, 10013, 10014, 10015, 20002, 99991543];
const TOKEN = [4001, 99991661, 99991663, 99991664, 99991665, 99991671];
const USER_TOKEN = [1002003, 99991668, 99991677];
const APP = [99991401, 99991662, 99991672, 99991673, 99991676, 99991679];
const QUOTA = [99991403];

const sorted = (codes: number[]) => [...codes].sort((a, b) => a - b);

test('after these codes, every further request of the app fails alike', () => {
	const all = [...CREDENTIAL, ...TOKEN, ...USER_TOKEN, ...APP, ...QUOTA];
	expect(codesWith(({ appWide }) => appWide === true)).toEqual(sorted(all));
});

test('with these codes, the credential is right, but the app is not set up', () => {
	expect(codesWith(({ cause }) => cause === 'configuration-invalid')).toEqual(APP);
	expect(codesWith(({ cause }) => cause === 'quota-exhausted')).toEqual(QUOTA);
});

test('these codes come with the names of scopes', () => {
	expect([...SCOPE_CODES]).toEqual([99991672, 99991676, 99991679]);
});

test('an unknown code is reported immediately', () => {
	expect(entryOf(1)).toBe(UNKNOWN_CODE);
	expect(entryOf(99991400)).toBe(FEISHU_CODES[99991400]);
	expect(UNKNOWN_CODE).toMatchObject({ reaction: 'fail' });
	expect(UNKNOWN_CODE.appWide).toBeUndefined();
});
