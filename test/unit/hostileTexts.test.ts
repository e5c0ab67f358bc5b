import { idOf, keep } from '../../nodes/FeishuHireTrigger/keptCheck';
import { networkFailure } from '../../nodes/shared/feishu/networkFailure';
import { plainText } from '../../nodes/shared/feishu/plainText';
import { readCandidate } from '../../nodes/shared/form/candidate';
import { readDateTime } from '../../nodes/shared/form/dateTime';
import { IdReader } from '../../nodes/shared/form/idList';
import { readMobileCode, readPhone } from '../../nodes/shared/form/phone';
import { separatedTexts } from '../../nodes/shared/form/values';
import { safeFileName } from '../../nodes/shared/hire/fileName';
import { maskEmail, maskPhone } from '../../nodes/shared/hire/people/mask';
import { assertWritten } from '../../nodes/shared/hire/write/sameCheck';
import { ApplicationRows } from '../../nodes/shared/listSearch/applicationRows';
import { readFilters } from '../../nodes/shared/operations/externalBackgroundCheck/read/readFilters';
import { formOf } from './formOf';

/** However hostile a text from outside, reading it takes linear time: nothing blocks n8n's process. */

const LENGTH = 100_000;
const PIECES = 16;
const ROUNDS = 20;
/**
 * How many times as long as its pieces the whole may take. With quadratic time, it would be the
 * number of pieces.
 */
const LINEAR = 4;

/** Texts on which a regular expression, or ICU, can backtrack. */
const texts: Array<[string, (length: number) => string]> = [
	['digits', (length) => '1'.repeat(length)],
	['digits and an end that fits nothing', (length) => `${'1'.repeat(length)}%`],
	['blanks between two signs', (length) => `1${' '.repeat(length)}%`],
	['dots', (length) => `1${'.'.repeat(length)}%`],
	['marks out of order', (length) => `a${'\u0301\u0316'.repeat(length / 2)}`],
	['marks that NFKC makes', (length) => `a${'\u0327\uFF9E'.repeat(length / 2)}`],
	[
		'marks, then others',
		(length) => `a${'\u0301'.repeat(length / 2)}${'\u0316'.repeat(length / 2)}`,
	],
	['at signs', (length) => '@'.repeat(length)],
	['letters', (length) => 'a'.repeat(length)],
	['signs of an address', (length) => `https://x/${'1/'.repeat(length / 2)}`],
	['talent pages', (length) => `https://x/${'/talent/1'.repeat(length / 9)}`],
	['zeros in brackets', (length) => `+86${'(0)'.repeat(length / 3)}%`],
	['an open list', (length) => '['.repeat(length)],
	['quotation marks', (length) => `"${'"'.repeat(length)}%`],
	['slashes', (length) => '/'.repeat(length)],
	['a date that goes on', (length) => `2025-03-10T${'00:'.repeat(length / 3)}`],
	['tokens', (length) => 't-'.repeat(length / 2)],
	['Bearers', (length) => `Bearer${' '.repeat(length)}`],
];

const filtersOf = (filters: Record<string, unknown>) => readFilters(formOf({ filters }));

const check = (text: string) => ({ id: '1', name: text, result: text });

/** Everything that reads a text from a form, an expression or a server. */
const readers: Array<[string, (text: string) => unknown]> = [
	['a candidate', readCandidate],
	['a phone number', (text) => readPhone(text, '86')],
	['a country code', readMobileCode],
	['one ID', (text) => new IdReader('ID').single(text)],
	['IDs', (text) => new IdReader('IDs').list(text)],
	['a date', (text) => readDateTime('Date', text, 'Asia/Shanghai')],
	['a day to filter by', (text) => filtersOf({ dateFrom: text })],
	['a part of a name', (text) => filtersOf({ nameContains: text })?.(check('name'))],
	['the name of a check', (text) => filtersOf({ nameContains: 'x' })?.(check(text))],
	['results', (text) => filtersOf({ results: text })?.(check(text))],
	['names of fields', (text) => separatedTexts('Attachments', text, '')],
	['a file name', (text) => safeFileName(text, 'file')],
	[
		'the name of a file that was sent',
		(text) => {
			const file = { name: text, label: 'it' };
			assertWritten(
				{ ...check('a'), attachment_list: [{ name: text }] },
				{ name: 'a', result: 'a', date: null, files: [file], isReported: true },
			);
		},
	],
	['a phone number to mask', maskPhone],
	['an e-mail address to mask', maskEmail],
	["a server's words", (text) => plainText(text, ['secret'])],
	["the network's words", (text) => networkFailure(new Error(text), 'https://open.feishu.cn')],
	[
		'a check to remember',
		(text) => {
			const kept = keep({ ...check(text), id: text });
			return kept && idOf(kept.key);
		},
	],
	[
		'the filter of a list',
		(text) => {
			const rows = new ApplicationRows(text, 'UTC');
			rows.add([{ ...check('x'), external_application_id: '1' }]);
			return rows.found;
		},
	],
];

/** How long a text takes in this many pieces, in ms. */
function cost(read: (text: string) => unknown, piece: string, pieces: number) {
	const startedAt = performance.now();
	for (let n = 0; n < pieces; n++) {
		try {
			read(piece);
		} catch {
			// A refusal counts as read.
		}
	}
	return performance.now() - startedAt;
}

/**
 * How many times as long as its pieces the whole text takes: the best of each, measured
 * alternately. Beyond some length a text costs more memory than its pieces, so anything cheaper
 * than two round trips of the text through JSON counts as that.
 */
function ratio(read: (text: string) => unknown, textOf: (length: number) => string) {
	const [whole, piece] = [textOf(LENGTH), textOf(LENGTH / PIECES)];
	let [ofWhole, ofPieces, ofJson] = [Infinity, Infinity, Infinity];
	const times = () => ofWhole / Math.max(ofPieces, ofJson);
	// On a busy machine one measurement says little, but what is linear shows in the end.
	for (let round = 0; round < ROUNDS && !(times() < LINEAR); round++) {
		ofWhole = Math.min(ofWhole, cost(read, whole, 1));
		ofPieces = Math.min(ofPieces, cost(read, piece, PIECES));
		ofJson = Math.min(
			ofJson,
			cost((text) => JSON.parse(JSON.stringify(text)), whole + whole, 1),
		);
	}
	return times();
}

describe.each(readers)('%s', (_what, read) => {
	test.each(texts)('of 100,000 characters takes no longer than its pieces: %s', (_kind, textOf) => {
		expect(ratio(read, textOf)).toBeLessThan(LINEAR);
	});
});
