/** Rows of the tables in docs/errors.md. Each text is provoked from the code that ships. */
import { judge } from '../../nodes/shared/feishu/answer';
import { entryOf, FEISHU_CODES, UNKNOWN_CODE } from '../../nodes/shared/feishu/codes';
import type { CodeEntry, Reaction } from '../../nodes/shared/feishu/codes';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { networkFailure } from '../../nodes/shared/feishu/networkFailure';
import { paginate } from '../../nodes/shared/feishu/paginate';
import { Form } from '../../nodes/shared/form/form';
import { IdReader } from '../../nodes/shared/form/idList';
import { ParameterError } from '../../nodes/shared/form/parameterError';
import { boolean, integer } from '../../nodes/shared/form/values';
import { CHECKS } from '../../nodes/shared/hire/api/backgroundChecks';
import { notAskedFor } from '../../nodes/shared/hire/api/notAskedFor';
import { unknownOutcome } from '../../nodes/shared/hire/write/outcome';
import { assertApplicationWritten } from '../../nodes/shared/hire/write/sameApplication';
import { assertWritten } from '../../nodes/shared/hire/write/sameCheck';

const IN_WORDS: Record<Reaction, string> = {
	retry: 'tried again',
	wait: 'waits, then goes on',
	renewToken: 'renews the token once',
	fail: 'reported at once',
};

/** One row per code that the package knows, and one for all others. */
export function rowsOfCodes(): string[][] {
	const row = (code: string, { meaning, reaction, advice }: CodeEntry) => [
		code,
		meaning,
		IN_WORDS[reaction],
		advice,
	];
	const known = Object.keys(FEISHU_CODES).map((code) => row(code, entryOf(Number(code))));
	return [...known, row('any other', UNKNOWN_CODE)];
}

const BASE_URL = 'https://open.feishu.cn';

/** Failures without a code of Feishu's: answers with only an HTTP status, and requests without an answer. */
export function rowsWithoutCode(): string[][] {
	const statuses = [429, 401, 302, 503, 200, 404, 407, 403, 413, 431, 400];
	const answered = statuses.map((statusCode) => {
		const verdict = judge({ statusCode, headers: {}, body: '<html>' }, BASE_URL);
		if (!('failure' in verdict)) throw new Error(`HTTP ${statusCode} is taken for a success`);
		return verdict.failure;
	});
	const errors = [
		'ECONNREFUSED',
		'ETIMEDOUT',
		'HPE_INVALID_CONSTANT',
		'CERT_HAS_EXPIRED',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_INVALID_URL',
	].map((code) => ({ code }));
	const unanswered = [...errors, { name: 'SsrfBlockedIpError' }].map((error) =>
		networkFailure(error, BASE_URL),
	);
	return [...unanswered, ...answered].map(({ message, reaction, advice }) => [
		message,
		IN_WORDS[reaction],
		advice,
	]);
}

const more = (page_token?: string) => ({
	code: 0,
	data: { items: [{ id: page_token ?? '' }], has_more: true, page_token },
});

/** Answers that break a list, page by page. The last one is repeated. */
const BROKEN_LISTS = [
	[more()],
	[more('a')],
	[{ code: 0, data: { items: 'none' } }],
	Array.from({ length: 100 }, (_, page) => ({
		code: 0,
		data: { items: [], has_more: true, page_token: String(page) },
	})),
];

async function failureOf(pages: AsyncGenerator<unknown>): Promise<string[]> {
	try {
		while (!(await pages.next()).done);
	} catch (error) {
		if (error instanceof FeishuError) return [error.failure.message, error.failure.advice];
		throw error;
	}
	throw new Error('A broken list was read to its end');
}

/** The errors for a list that Feishu breaks off, repeats or mixes up. */
export async function rowsOfBrokenLists(): Promise<string[][]> {
	const rows: string[][] = [];
	for (const answers of BROKEN_LISTS) {
		let asked = 0;
		const answer = () => answers[Math.min(asked++, answers.length - 1)] ?? { code: 0 };
		rows.push(await failureOf(paginate(() => Promise.resolve(answer()))));
	}
	const { message, advice } = notAskedFor(CHECKS).failure;
	return [...rows, [message, advice]];
}

const IDS = new IdReader('External Background Check IDs');

/** The error of a write that may have been carried out starts with the title of what went wrong. */
const WENT_WRONG = new FeishuError({ message: '…', reaction: 'fail', advice: '' });
const RECORD = IDS.single('7318840216653955117');
const OTHER_RECORD = '7318840216653955118';

/** The errors of writes that may have been carried out, or whose result is not what was sent. */
const WRITES: Array<() => unknown> = [
	() => unknownOutcome.notFound(WENT_WRONG),
	() => unknownOutcome.unreadable(WENT_WRONG),
	() => unknownOutcome.several(WENT_WRONG, [RECORD, OTHER_RECORD]),
	() => unknownOutcome.mayBeGone(WENT_WRONG, RECORD),
	() => unknownOutcome.stillThere(WENT_WRONG, RECORD),
	() => unknownOutcome.unchanged(WENT_WRONG, RECORD),
	() => unknownOutcome.anothers(),
	() =>
		assertWritten(
			{ id: RECORD },
			{ name: null, result: '已通过', date: null, files: [], isReported: true },
		),
	() => assertApplicationWritten({ id: RECORD }, { stage: 'Offer' }, ['stage']),
];

/** Title and advice of each error. */
export function rowsOfWrites(): string[][] {
	return WRITES.map((provoke) => {
		const { failure } = failed(provoke);
		return [failure.message, failure.advice.trim()];
	});
}

/** @param provoke returns the error of a write, or throws it */
function failed(provoke: () => unknown): FeishuError {
	let error: unknown;
	try {
		error = provoke();
	} catch (thrown) {
		error = thrown;
	}
	if (error instanceof FeishuError) return error;
	throw new Error(`No write has failed: ${String(provoke)}`);
}

const APPLICATION = new IdReader('External Application ID');

/** Parameters that are refused before any request is sent. */
const WRONG_PARAMETERS: Array<() => unknown> = [
	() => IDS.list(''),
	() => IDS.list('张三'),
	() => IDS.list('6960663240925956660, 张三'),
	() => IDS.list('https://example.com'),
	() => IDS.list(Number('6960663240925956660')),
	() => IDS.list('6.96066E+18'),
	() => IDS.list('undefined'),
	() => IDS.list({}),
	() => IDS.list('["1"'),
	() => APPLICATION.single('1, 2, 3'),
	() => integer('Page Size', '20', 1, 20),
	() => integer('Page Size', 50, 1, 20),
	() => boolean('Return All', 'yes'),
	() => Form.prototype.text('Name', 'x'.repeat(501)),
];

/** Title and advice of each error. */
export function rowsOfParameters(): string[][] {
	return WRONG_PARAMETERS.map((provoke) => {
		try {
			provoke();
		} catch (error) {
			if (error instanceof ParameterError) return [error.message, error.advice];
			throw error;
		}
		throw new Error(`A wrong parameter was taken: ${String(provoke)}`);
	});
}
