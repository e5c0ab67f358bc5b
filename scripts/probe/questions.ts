import { endpoints } from '../../nodes/shared/hire/endpoints';
import { readings } from '../../sandbox/openQuestions';
import { type Answer, type Client, type Row, rowOf, rowsIn } from './client';
import { allTime, type Found, ID_LIST, itemsOf, some, textOf } from './found';
import { LacksScope, NotSeen } from './notSeen';
import { CHECK, type OwnRecords } from './ownRecords';

/** The answers to questions for which the sandbox has no switch. */
const answers = {
	pageToken: ['offset', 'opaque'],
	attachmentType: ['generalOnly', 'several', 'notGeneral'],
	orderIdTime: ['carried', 'none', 'some'],
} as const;

/** Every answer that a question can have. */
export const answersTo = { ...readings, ...answers };

export type Key = keyof typeof answersTo;

/** An answer to a question. */
export type AnswerTo<K extends Key> = (typeof answersTo)[K][number];

/** What a judge can use. */
export interface Probe {
	client: Client;
	found: Found;
	own: OwnRecords;
	/** The answer to another question. @throws NotSeen */
	answer: <K extends Key>(key: K) => Promise<AnswerTo<K>>;
}

/** One open question. */
export type Question<Reading> = {
	/** As in the table of docs/feishu-api.md, like `nodeDoes`. */
	question: string;
	nodeDoes: string;
} & (
	| {
			ask: 'read' | 'write';
			/** How the answer is found. */
			how: string;
			/** @throws NotSeen if no answer of Feishu's tells the readings apart */
			judge: (probe: Probe) => Promise<Reading>;
	  }
	/** `how` says why it cannot be asked. */
	| { ask: 'never'; how: string }
);

/** An ID that no record has. */
const NOBODY = '7000000000000000001';
/** Clocks, and steps of one task, are at most this far apart, in seconds. */
const CLOSE = 300;

/** The reading that a refusal's code means; for a success, what `success` returns. */
function byCode<R>(answer: Answer, refusals: Record<number, R>, success: () => R): R {
	if (answer.code === 0) return success();
	const reading = refusals[answer.code];
	if (reading === undefined) throw new NotSeen('unexpected');
	return reading;
}

/** What a list without conditions turns out to be. */
function everyRowIn(list: Answer): 'all' | 'empty' | 'error' {
	return byCode(list, { 1002002: 'error' }, () => (itemsOf(list).length > 0 ? 'all' : 'empty'));
}

/** The reading of a list that should be empty. @param empty the reading if it is a success */
const emptyOrError = <R extends string>(list: Answer, empty: R): R | 'error' =>
	byCode<R | 'error'>(list, { 1002002: 'error' }, () =>
		itemsOf(list).length === 0 ? empty : unexpected(),
	);

/** The only reading that fits. @param several the reason if more than one does */
function theOne<R extends string>(
	fits: Record<R, boolean>,
	several: NotSeen['reason'] = 'alike',
): R {
	const [first, second] = (Object.keys(fits) as R[]).filter((reading) => fits[reading]);
	if (first === undefined) throw new NotSeen('unexpected');
	if (second !== undefined) throw new NotSeen(several);
	return first;
}

function unexpected(): never {
	throw new NotSeen('unexpected');
}

const idsOf = (answer: Answer) => itemsOf(answer).map(({ id }) => textOf(id));

const isSame = (some: string[], others: string[]) => some.join() === others.join();

/** The second in the upper 32 bits of an ID. */
const secondOf = (id: unknown) => Number(BigInt(textOf(id) || 0) >> 32n);

/** What a page token contains: a number of rows, as in Feishu's own example, or nothing readable. */
function formOf({ data }: Answer): AnswerTo<'pageToken'> {
	if (data.has_more !== true) throw new NotSeen('noRecord');
	try {
		const content: unknown = JSON.parse(atob(textOf(data.page_token)));
		return typeof rowOf(content).offset === 'number' ? 'offset' : 'opaque';
	} catch {
		return 'opaque';
	}
}

/** A candidate's email address, and the same with swapped case. Prefers an address with both cases. */
async function someEmail({ found }: Probe) {
	const people = (await found.talents())
		.map(({ id, basic_info }) => ({ id, stored: textOf(rowOf(basic_info).email) }))
		.filter(({ stored }) => /[a-z].*@/i.test(stored));
	const mixed = people.find(({ stored }) => /[a-z]/.test(stored) && /[A-Z]/.test(stored));
	const { id, stored } = mixed ?? some(people)[0];
	const swapped = stored.replace(/[a-z]/gi, (letter) =>
		letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
	);
	return { id, stored, swapped };
}

/** The rows of a lookup by contact that belong to the candidate. */
async function rowsOf(id: unknown, { client }: Probe, body: Row): Promise<Row[]> {
	const { code, data } = await client.call(endpoints.findTalentsByContact, { body });
	if (code !== 0) unexpected();
	return rowsIn(data.talent_list).filter(({ talent_id }) => talent_id === id);
}

/** Whether an order is among those that changed between two times, in ms. */
async function changedBetween(
	{ found, answer }: Probe,
	from: number,
	to: number,
	order: Row,
): Promise<boolean> {
	const query = { update_start_time: from, update_end_time: to };
	const page = await found.listOrders(query);
	if (itemsOf(page).some(({ order_id }) => order_id === order.order_id)) return true;
	if (page.code !== 0 && (await answer('noOrders')) !== 'error') unexpected();
	if (page.data.has_more === true) throw new NotSeen('alike');
	return false;
}

/** The contacts that an order's row shows. */
const contactsIn = ({ candidate_info, contactor_info }: Row) =>
	[rowOf(candidate_info), rowOf(contactor_info)].flatMap((person, index) =>
		['mobile', 'email'].filter((name) => person[name]).map((name) => `${index} ${name}`),
	);

/** Whether the times of rows never fall (sign 1), or never rise (sign -1). */
function isSorted(rows: Row[], field: string, sign: 1 | -1): boolean {
	const times = rows.map((row) => sign * Number(row[field] ?? 0));
	return times.every((time, index) => index === 0 || (times[index - 1] ?? 0) <= time);
}

/** What Feishu's pages leave open, in the order in which the probe asks. */
export const questions: { [K in Key]: Question<AnswerTo<K>> } = {
	unfiltered: {
		question: 'a query without a condition: everything, nothing, or an error',
		nodeDoes: 'only _Get Many_ sends one',
		ask: 'read',
		how: 'a list of checks without a condition',
		judge: async ({ found }) => {
			const list = await found.everyCheck();
			// A tenant without checks has nothing to list.
			if (list.code === 0) await found.checks();
			return everyRowIn(list);
		},
	},
	emptyIdList: {
		question: 'an empty ID list: everything, nothing, or an error',
		nodeDoes: 'never sends one',
		ask: 'read',
		how: 'an empty list beside an application that has checks',
		judge: async ({ found }) => {
			const { rows } = await found.checks();
			const applications = rows.map((row) => textOf(row.external_application_id));
			const [external_application_id] = some(applications.filter(Boolean));
			const query = { external_application_id };
			const list = await found.listChecks(query, { [ID_LIST]: [] });
			return everyRowIn(list);
		},
	},
	unknownIds: {
		question: 'unknown IDs: left out, or an error for all',
		nodeDoes: 'bisects a refused list',
		ask: 'read',
		how: 'a list of one ID that no check has',
		judge: async ({ found }) => {
			const list = await found.listChecks({}, { [ID_LIST]: [NOBODY] });
			return emptyOrError(list, 'omit');
		},
	},
	unknownApplication: {
		question: 'an unknown application: nothing, or an error',
		nodeDoes: 'accepts both',
		ask: 'read',
		how: 'an ID that no application has',
		judge: async ({ found }) => {
			const list = await found.listChecks({ external_application_id: NOBODY });
			return emptyOrError(list, 'empty');
		},
	},
	pageSizeError: {
		question: 'a `page_size` above 20: an error, nothing, or 20 checks',
		nodeDoes: 'checks it before the request',
		ask: 'read',
		how: 'page_size 21 for a list that has checks',
		judge: async ({ found }) => {
			const { where } = await found.checks();
			const list = await found.listChecks({ ...where, page_size: 21 });
			return byCode(list, { 1002002: '1002002', 99992402: '99992402' }, () =>
				itemsOf(list).length > 0 ? 'clipped' : 'empty',
			);
		},
	},
	lastPageToken: {
		question: 'the page token of the last page: absent, or empty',
		nodeDoes: 'goes by `has_more`',
		ask: 'read',
		how: 'a list of one ID',
		judge: async ({ found }) => {
			const [{ id }] = some((await found.checks()).rows);
			const { data } = await found.listChecks({}, { [ID_LIST]: [id] });
			return theOne({
				absent: data.has_more === false && !('page_token' in data),
				empty: data.has_more === false && data.page_token === '',
			});
		},
	},
	emptyAnswer: {
		question: 'nothing found: `[]`, `null`, no `items`, no `data`',
		nodeDoes: 'takes each for an empty list, on the first page',
		ask: 'read',
		how: 'unknown application, unknown ID, a name that nobody has, or orders of 1970',
		judge: async ({ found, client }) => {
			const query = { keyword: NOBODY, query_option: 'ignore_empty_error' };
			const lists = [
				async () => await found.listChecks({ external_application_id: NOBODY }),
				async () => await found.listChecks({}, { [ID_LIST]: [NOBODY] }),
				async () => await client.call(endpoints.searchTalents, { query }),
				async () => await found.listOrders({ update_start_time: 1, update_end_time: 2 }),
			];
			let reason = new NotSeen('hidden');
			for (const ask of lists) {
				const list = await ask().catch((error: unknown) => {
					if (error instanceof NotSeen) reason = error;
					else throw error;
				});
				if (list?.code !== 0 || itemsOf(list).length > 0) continue;
				const isEmpty = Object.keys(list.data).length === 0;
				return theOne({
					array: Array.isArray(list.data.items),
					null: list.data.items === null,
					missing: !isEmpty && !('items' in list.data),
					noData: isEmpty,
				});
			}
			throw reason;
		},
	},
	idListPaging: {
		question: 'whether `page_size` applies to an ID list',
		nodeDoes: 'sends it, and goes by `has_more`',
		ask: 'read',
		how: 'a list of two IDs with page_size 1',
		judge: async ({ found }) => {
			const [{ id }, second] = some((await found.checks()).rows);
			if (second === undefined) throw new NotSeen('noRecord');
			const list = await found.listChecks({ page_size: 1 }, { [ID_LIST]: [id, second.id] });
			const { length } = itemsOf(list);
			return theOne({ pageSize: length === 1, ignore: length === 2 });
		},
	},
	idOrder: {
		question: 'the order of an ID list: as stored, as asked, or reversed',
		nodeDoes: 'keeps the order of its input',
		ask: 'read',
		how: 'a list of three IDs, the second one first',
		judge: async ({ found }) => {
			const [a, b, c] = (await found.checks()).rows.map(({ id }) => textOf(id));
			if (a === undefined || b === undefined || c === undefined) throw new NotSeen('noRecord');
			const ids = idsOf(await found.listChecks({}, { [ID_LIST]: [b, a, c] }));
			return theOne({
				stored: isSame(ids, [a, b, c]),
				asked: isSame(ids, [b, a, c]),
				reversed: isSame(ids, [c, a, b]),
			});
		},
	},
	pageToken: {
		question: 'what a page token of checks reveals',
		nodeDoes: 'does not look inside',
		ask: 'read',
		how: 'the token of a first page, decoded',
		judge: async ({ found }) => {
			const { where } = await found.checks();
			return formOf(await found.listChecks({ ...where, page_size: 1 }));
		},
	},
	listTypeError: {
		question: 'the code for an ID list that is not a list',
		nodeDoes: 'never sends one',
		ask: 'read',
		how: 'a text in place of the ID list',
		judge: async ({ found }) => {
			const list = await found.listChecks({}, { [ID_LIST]: NOBODY });
			return byCode(list, { 1002002: '1002002', 99992402: '99992402' }, unexpected);
		},
	},
	badBody: {
		question: 'the code for a body that is not an object',
		nodeDoes: 'never sends one',
		ask: 'read',
		how: 'an array in place of the body',
		judge: async ({ found }) =>
			byCode(await found.listChecks({}, '[]'), { 1002002: '1002002', 9499: '9499' }, unexpected),
	},
	rateLimitStatus: {
		question: 'the HTTP status of a used-up limit',
		nodeDoes: 'goes by the code',
		ask: 'never',
		how: 'it would take the limit from other workflows of the app',
	},
	expiredTokenStatus: {
		question: 'the HTTP status of a refused token',
		nodeDoes: 'goes by the code',
		ask: 'read',
		how: 'a made-up token',
		judge: async ({ client }) => {
			const token = 't-probe000000000000000000000000000';
			const { code, status } = await client.call(endpoints.queryChecks, { body: {}, token });
			if (code === 99991663 && (status === 400 || status === 200)) return status;
			return unexpected();
		},
	},
	attachmentType: {
		question: 'the type of a check’s files',
		nodeDoes: 'asks for 3, unless the user chooses another',
		ask: 'read',
		how: 'one file, requested as each type',
		judge: async ({ found, client }) => {
			const files = (await found.checks()).rows.flatMap((row) => rowsIn(row.attachment_list));
			const id = textOf(some(files)[0].id);
			const codes: number[] = [];
			for (const type of [1, 2, 3]) {
				codes.push((await client.call(endpoints.getAttachment, { id, query: { type } })).code);
			}
			const [resume, portfolio, general] = codes.map((code) => code === 0);
			const isOther = resume || portfolio || false;
			return theOne({
				generalOnly: Boolean(general) && !isOther,
				several: Boolean(general) && isOther,
				notGeneral: !general && isOther,
			});
		},
	},
	badMobile: {
		question: 'a wrong phone number: left out, or an error for all',
		nodeDoes: 'then asks for each number alone',
		ask: 'read',
		how: 'a number of two digits',
		judge: async ({ client }) => {
			const body = { mobile_number_list: ['12'] };
			const answer = await client.call(endpoints.findTalentsByContact, { body });
			return byCode(answer, { 1002009: 'error' }, () => 'omit');
		},
	},
	emailCase: {
		question: 'whether email addresses are case-sensitive',
		nodeDoes: 'asks again for the address as typed',
		ask: 'read',
		how: 'an address of a candidate in the other case',
		judge: async (probe) => {
			const { id, stored, swapped } = await someEmail(probe);
			if ((await rowsOf(id, probe, { email_list: [swapped] })).length > 0) return 'any';
			const found = await rowsOf(id, probe, { email_list: [stored] });
			return found.length > 0 ? 'exact' : unexpected();
		},
	},
	emailEcho: {
		question: 'an email address in an answer: as stored, as asked, or lower case',
		nodeDoes: 'ignores case',
		ask: 'read',
		how: 'the same address, in the other case where that finds it',
		judge: async (probe) => {
			const { id, stored, swapped } = await someEmail(probe);
			const isAnyCase = (await probe.answer('emailCase')) === 'any';
			const asked = isAnyCase ? swapped : stored;
			const [row] = await rowsOf(id, probe, { email_list: [asked] });
			const fits = (email: string) => row?.email === email;
			return theOne(
				{ stored: fits(stored), asked: fits(asked), lowerCase: fits(stored.toLowerCase()) },
				isAnyCase ? 'alike' : 'hidden',
			);
		},
	},
	contactRows: {
		question: 'two contacts of one person: two rows, or one',
		nodeDoes: 'asks again for a contact without a row',
		ask: 'read',
		how: 'an address in both cases at once',
		judge: async (probe) => {
			const { id, stored, swapped } = await someEmail(probe);
			if ((await probe.answer('emailCase')) === 'exact') throw new NotSeen('hidden');
			const { length } = await rowsOf(id, probe, { email_list: [stored, swapped] });
			return theOne({ each: length === 2, merged: length === 1 });
		},
	},
	mobileEcho: {
		question: 'a phone number in an answer: digits, with country code, or masked',
		nodeDoes: 'asks alone for a number that it cannot match',
		ask: 'read',
		how: 'the number of a candidate',
		judge: async (probe) => {
			const people = (await probe.found.talents())
				.map(({ id, basic_info }) => ({ id, person: rowOf(basic_info) }))
				.map(({ id, person: { mobile, mobile_code } }) => {
					return { id, number: textOf(mobile), code: textOf(mobile_code).replace('+', '') };
				})
				.filter(({ number, code }) => /^\d{4,15}$/.test(number) && /^\d+$/.test(code));
			const [{ id, number, code }] = some(people);
			const body = { mobile_code: code, mobile_number_list: [number] };
			const [row] = await rowsOf(id, probe, body);
			const echo = textOf(row?.mobile_number);
			return theOne({
				digits: echo === number,
				withCode: echo === `+${code}${number}`,
				masked: echo.includes('*'),
			});
		},
	},
	talentWithoutApplications: {
		question: 'no external application: nothing, or an error',
		nodeDoes: 'tells both from other errors',
		ask: 'read',
		how: 'the applications of some candidates, until one has none',
		judge: async ({ found }) => {
			for await (const list of found.applicationLists()) {
				if (list.code === 0 && itemsOf(list).length > 0) continue;
				return byCode(list, { 1002002: 'error' }, () => 'empty');
			}
			throw new NotSeen('noRecord');
		},
	},
	readonlyListsApplications: {
		question: 'whether the `:readonly` scope lists external applications',
		nodeDoes: 'names the missing scope in the error',
		ask: 'read',
		how: 'the scopes that a refusal names',
		judge: async ({ client }) => {
			try {
				await client.call(endpoints.listApplications, { query: { talent_id: NOBODY } });
			} catch (error) {
				if (!(error instanceof LacksScope)) throw error;
				return error.accepted.includes('hire:external_application:readonly') ? 'yes' : 'no';
			}
			throw new NotSeen('scopes');
		},
	},
	unfilteredOrders: {
		question: 'orders without a condition: everything, nothing, or an error',
		nodeDoes: 'asks for all update times if nothing comes',
		ask: 'read',
		how: 'a list of orders without a condition',
		judge: async ({ found }) => {
			await found.orders();
			return everyRowIn(await found.listOrders({}));
		},
	},
	orderSort: {
		question: 'how orders are sorted',
		nodeDoes: 'does not depend on it',
		ask: 'read',
		how: 'the times of a first page',
		judge: async ({ found }) => {
			const orders = await found.orders();
			return theOne({
				newest: isSorted(orders, 'begin_time', -1),
				oldest: isSorted(orders, 'begin_time', 1),
				lastUpdated: isSorted(orders, 'update_time', -1),
				firstUpdated: isSorted(orders, 'update_time', 1),
			});
		},
	},
	orderPaging: {
		question: 'what a page token of orders is: a place, or rows to skip',
		nodeDoes: 'outputs a repeated order once',
		ask: 'read',
		how: 'the token of a first page, decoded',
		judge: async ({ found }) => {
			const form = formOf(await found.listOrders({ ...allTime, page_size: 1 }));
			if (form === 'offset') return form;
			throw new NotSeen('opaque');
		},
	},
	noOrders: {
		question: 'no orders: nothing, or an error',
		nodeDoes: 'takes both for an empty list',
		ask: 'read',
		how: 'the orders of 1970',
		judge: async ({ found }) => {
			const list = await found.listOrders({ update_start_time: 1, update_end_time: 2 });
			return emptyOrError(list, 'empty');
		},
	},
	orderTimeBounds: {
		question: 'whether a period includes its bounds',
		nodeDoes: 'asks for a millisecond more at each end',
		ask: 'read',
		how: 'the time of an order as start, and as end',
		judge: async (probe) => {
			const [order] = await probe.found.orders();
			const time = Number(order.update_time);
			const atStart = await changedBetween(probe, time, time + 1000, order);
			const atEnd = await changedBetween(probe, time - 1000, time, order);
			return theOne({
				inclusive: atStart && atEnd,
				exclusive: !atStart && !atEnd,
				endExclusive: atStart && !atEnd,
			});
		},
	},
	orderOneBound: {
		question: 'a period without an end: open, ignored, or an error',
		nodeDoes: 'sends both bounds',
		ask: 'read',
		how: 'the orders of one application since 1970, and since the year 2286',
		judge: async ({ found }) => {
			const application_id = textOf((await found.orders())[0].application_id);
			const since = async (update_start_time: number) =>
				await found.listOrders({ application_id, update_start_time });
			if ((await since(allTime.update_start_time)).code === 1002002) return 'error';
			const late = itemsOf(await since(allTime.update_end_time));
			return late.length > 0 ? 'ignored' : 'open';
		},
	},
	orderUpdateTime: {
		question: 'which changes of an order update its `update_time`',
		nodeDoes: 'the trigger reads all orders once a day',
		ask: 'never',
		how: 'only people and suppliers change an order',
	},
	orderIdTime: {
		question: 'whether an order ID contains a time',
		nodeDoes: 'does not depend on it',
		ask: 'read',
		how: 'IDs and `begin_time` of a first page',
		judge: async ({ found }) => {
			const carries = (await found.orders()).map(({ order_id, begin_time }) => {
				return Math.abs(secondOf(order_id) - Number(begin_time) / 1000) < CLOSE;
			});
			const [has, lacks] = [carries.includes(true), carries.includes(false)];
			return theOne({ carried: has && !lacks, none: lacks && !has, some: has && lacks });
		},
	},
	listedContacts: {
		question: 'contacts in a list of orders: always, or only with a scope',
		nodeDoes: 'leaves them out with _Simplify_',
		ask: 'read',
		how: 'one order in the list, and by its ID',
		judge: async ({ found, client }) => {
			const people = (await found.orders()).filter(({ candidate_info }) => candidate_info);
			const order = people.find((row) => contactsIn(row).length > 0) ?? some(people)[0];
			const body = { background_check_order_id_list: [order.order_id] };
			const [same] = itemsOf(await client.call(endpoints.queryOrders, { body }));
			const [listed, byId] = [contactsIn(order), contactsIn(same ?? unexpected())];
			if (listed.length > 0 && isSame(listed, byId)) throw new NotSeen('scopes');
			return theOne({ shown: listed.length > byId.length, byScope: listed.length === 0 });
		},
	},
	reportUrl: {
		question: 'the address of a report: the file, or a redirect',
		nodeDoes: 'fetches it without the token',
		ask: 'read',
		how: 'the status of one address; the file is not read',
		judge: async ({ found, client }) => {
			const reports = (await found.orders()).flatMap((row) => rowsIn(row.feedback_info_list));
			const urls = reports.map((report) => textOf(report.attachment_url)).filter(Boolean);
			const status = await client.statusOf(some(urls)[0]);
			return theOne({ fileHost: status === 200, redirect: status >= 300 && status < 400 });
		},
	},
	repeatedExternalId: {
		question: 'a repeated `external_id`: the record, nothing, or an error',
		nodeDoes: 'reads the checks back and compares',
		ask: 'write',
		how: 'one check, created twice',
		judge: async ({ own }) => {
			const { id: application } = await own.application();
			const fields = { external_id: `${own.mark}-1` };
			const { id } = await own.newCheck(application, fields);
			const answer = await own.createCheck(application, fields);
			const repeated = rowOf(answer.data[CHECK]).id;
			return byCode(answer, { 1002002: 'error' }, () =>
				theOne({ record: repeated === id, empty: repeated === undefined, error: false }),
			);
		},
	},
	omittedOnUpdate: {
		question: 'a field that an update leaves out: emptied, or kept',
		nodeDoes: 'reads, merges and writes the whole check',
		ask: 'write',
		how: 'an update of our own check without its result',
		judge: async ({ own }) => {
			const { id: application } = await own.application();
			const check = await own.newCheck(application, { result: own.mark });
			const updated = await own.updateCheck(check, {});
			if (updated.code !== 0) unexpected();
			const { result } = rowOf(updated.data[CHECK]);
			return theOne({ cleared: !result, kept: result === own.mark });
		},
	},
	uploadedAttachmentId: {
		question: 'whether a record shows the ID of the upload',
		nodeDoes: 'compares files by name and size',
		ask: 'write',
		how: 'a check of our own with a file',
		judge: async ({ own }) => {
			const { upload, file } = await own.checkWithFile();
			return file.id === upload ? 'same' : 'new';
		},
	},
	storedAttachmentId: {
		question: 'whether an update accepts the ID that a record shows',
		nodeDoes: 'sends it, and reports a refusal',
		ask: 'write',
		how: 'an update of our own check with the ID of its file',
		judge: async ({ own }) => {
			const { check, file: stored } = await own.checkWithFile();
			const updated = await own.updateCheck(check, { attachment_id_list: [stored.id] });
			const [file] = rowsIn(rowOf(updated.data[CHECK]).attachment_list);
			return byCode(updated, { 1002002: 'refused' }, () =>
				theOne({
					accepted: file?.id === stored.id,
					refused: false,
					copied: ![stored.id, undefined].includes(file?.id),
				}),
			);
		},
	},
	maxAttachments: {
		question: 'how many files a new check can have',
		nodeDoes: 'reports a refusal',
		ask: 'never',
		how: '21 files would stay: an upload cannot be removed',
	},
	deleteUnknown: {
		question: 'deleting a missing record: an error, or a success',
		nodeDoes: 'reads a check before it deletes it',
		ask: 'write',
		how: 'our own check, deleted twice',
		judge: async ({ own }) => {
			const { id } = await own.newCheck((await own.application()).id);
			if ((await own.deleteCheck(id)).code !== 0) unexpected();
			return byCode(await own.deleteCheck(id), { 1002002: 'error' }, () => 'success');
		},
	},
	paging: {
		question: 'what a page token of checks is: a place, or rows to skip',
		nodeDoes: 'outputs a repeated row once',
		ask: 'write',
		how: 'the second page of our own checks, after the check on the first was removed',
		judge: async ({ found, own }) => {
			const where = { external_application_id: (await own.application()).id };
			for (let count = 0; count < 3; count++) await own.newCheck(where.external_application_id);
			const [first = '', second = '', third = ''] = idsOf(await found.listChecks(where));
			const page = await found.listChecks({ ...where, page_size: 1 });
			await own.deleteCheck(first);
			const page_token = textOf(page.data.page_token);
			const ids = idsOf(await found.listChecks({ ...where, page_size: 1, page_token }));
			return theOne({ cursor: isSame(ids, [second]), offset: isSame(ids, [third]) });
		},
	},
	deletedApplication: {
		question: 'whether deleting an application deletes its checks',
		nodeDoes: 'does not depend on it',
		ask: 'write',
		how: 'a check of our own application after its deletion',
		judge: async ({ own }) => {
			const { id: application } = await own.newApplication();
			const { id } = await own.newCheck(application);
			if ((await own.deleteApplication(application)).code !== 0) unexpected();
			return (await own.isListed(id)) ? 'keepsChecks' : 'dropsChecks';
		},
	},
	idTime: {
		question: 'whether the ID of a new record contains its time',
		nodeDoes: 'takes no older record for the new one',
		ask: 'write',
		how: 'the ID of our own application and the `Date` of the answer',
		judge: async ({ own }) => {
			const { id, at } = await own.application();
			if (Number.isNaN(at)) unexpected();
			return Math.abs(secondOf(id) - at) < CLOSE ? 'carried' : 'none';
		},
	},
	uploadErrorText: {
		question: 'the field with the text of a refused upload: `message`, or `msg`',
		nodeDoes: 'reads both',
		ask: 'write',
		how: 'an upload without a file',
		judge: async ({ client }) => {
			const body = new FormData();
			body.set('probe', 'probe');
			const refused = await client.call(endpoints.uploadAttachment, { body, once: true });
			if (refused.code !== 1002002) unexpected();
			return theOne({ message: 'message' in refused.body, msg: 'msg' in refused.body });
		},
	},
};
