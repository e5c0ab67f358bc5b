import { readFileSync } from 'node:fs';

/**
 * What Feishu's pages leave open, with all possible readings (docs/feishu-api.md). Nobody knows
 * which reading is right, so a client must handle every one. A sandbox starts with the first
 * reading of each question.
 */
export const readings = {
	/** Checks requested without any condition. 'error' is 1002002. */
	unfiltered: ['all', 'empty', 'error'],
	/** `[]` as ID list. 'all': as if there were no list. 'error' is 1002002. */
	emptyIdList: ['all', 'empty', 'error'],
	/** An unknown ID in the list. 'error' is 1002002 for the whole call. */
	unknownIds: ['omit', 'error'],
	/** An unknown application of the requested kind. 'error' is 1002002. */
	unknownApplication: ['empty', 'error'],
	/**
	 * A page_size that is not an integer from 1 to the maximum. 'empty': silently no items;
	 * 'clipped': a value that is too large counts as the maximum.
	 */
	pageSizeError: ['1002002', '99992402', 'empty', 'clipped'],
	/** The page_token of the last page: absent as documented, or "". */
	lastPageToken: ['absent', 'empty'],
	/** An answer without items: `[]`, `null`, no `items`, or `data: {}`. */
	emptyAnswer: ['null', 'array', 'missing', 'noData'],
	/** Whether page_size applies to an ID list, or is one of the conditions that the list overrides. */
	idListPaging: ['pageSize', 'ignore'],
	/** The order of the answer to an ID list; 'reversed' is the requested order, reversed. */
	idOrder: ['stored', 'asked', 'reversed'],
	/**
	 * What a page_token of checks or applications contains: the last item's place, or how many items
	 * to skip.
	 */
	paging: ['cursor', 'offset'],
	/** HTTP status of 99991400. */
	rateLimitStatus: [429, 400, 200],
	/** HTTP status of 99991663. */
	expiredTokenStatus: [400, 200],
	/** A list that is not an array of strings: refused by the gateway, or by Hire. */
	listTypeError: ['99992402', '1002002'],
	/** A body that is not a JSON object, or is not sent as application/json. */
	badBody: ['1002002', '9499'],
	/** An invalid number for batch_get_id: 1002009 for the whole batch, or left out. */
	badMobile: ['error', 'omit'],
	/** Two contacts of one talent in a request of batch_get_id: a row for each, or one row for the talent. */
	contactRows: ['each', 'merged'],
	/** Whether batch_get_id finds an email address that is stored in different case. */
	emailCase: ['any', 'exact'],
	/** How batch_get_id echoes an email address. */
	emailEcho: ['stored', 'asked', 'lowerCase'],
	/** How batch_get_id echoes a number: `13800000001`, `+8613800000001`, `138****0001`. */
	mobileEcho: ['digits', 'withCode', 'masked'],
	/** A talent without applications of either kind. 'error' is 1002002 "IDList is empty". */
	talentWithoutApplications: ['empty', 'error'],
	/** Whether hire:external_application:readonly also lists applications; no page says so. */
	readonlyListsApplications: ['no', 'yes'],
	/** A create with an `external_id` of the last 24 hours: the existing record, `data: {}`, or 1002002. */
	repeatedExternalId: ['record', 'empty', 'error'],
	/** What happens to a field that an update leaves out. */
	omittedOnUpdate: ['cleared', 'kept'],
	/** The ID of an uploaded file on a check: a new one, or the upload's. */
	uploadedAttachmentId: ['new', 'same'],
	/** An ID of a check's `attachment_list`, sent in `attachment_id_list`. 'refused' is 1002002. */
	storedAttachmentId: ['accepted', 'refused', 'copied'],
	/** The most attachments that a create takes; more are 1002002. */
	maxAttachments: [null, 20],
	/** Deleting something that does not exist: 1002002, or as if it had existed. */
	deleteUnknown: ['error', 'success'],
	/** Whether deleting an external application deletes its checks. */
	deletedApplication: ['keepsChecks', 'dropsChecks'],
	/** Whether the ID of a new record contains the second of its creation in its upper 32 bits. */
	idTime: ['carried', 'none'],
	/** The field with the text of Hire's refusal of an upload; a success has `message`. */
	uploadErrorText: ['message', 'msg'],
	/** Orders requested without any condition. 'error' is 1002002. */
	unfilteredOrders: ['all', 'empty', 'error'],
	/** What orders are sorted by if there is no ID list. */
	orderSort: ['newest', 'oldest', 'lastUpdated', 'firstUpdated'],
	/**
	 * What a page_token of orders contains; with 'offset', rows shift if orders are added, removed or
	 * moved.
	 */
	orderPaging: ['offset', 'cursor'],
	/** Whether a time filter includes an order exactly at its start or end. */
	orderTimeBounds: ['inclusive', 'exclusive', 'endExclusive'],
	/** Start or end alone: the other side is open, the bound is ignored, or 1002002. */
	orderOneBound: ['open', 'ignored', 'error'],
	/** Which changes of an order move its `update_time`. */
	orderUpdateTime: ['everything', 'notProgressOrReports', 'statusOnly'],
	/** No order found. 'error' is 1002002 "IDList is empty". */
	noOrders: ['empty', 'error'],
	/**
	 * Phone numbers and email addresses in the list of orders. Its page names no scope for them;
	 * that of batch_query does.
	 */
	listedContacts: ['shown', 'byScope'],
	/** Where `attachment_url` of a report points: to the file host, or to Feishu, which redirects there. */
	reportUrl: ['fileHost', 'redirect'],
} as const;

/** One reading for each open question. */
export type OpenQuestions = {
	-readonly [Question in keyof typeof readings]: (typeof readings)[Question][number];
};

const firstReadings = Object.fromEntries(
	Object.entries(readings).map(([question, [first]]) => [question, first]),
) as OpenQuestions;

/**
 * The readings that a sandbox starts with. If SANDBOX_AS names a file, that tenant's readings take
 * precedence.
 */
export const defaultOpenQuestions: OpenQuestions = {
	...firstReadings,
	...(process.env.SANDBOX_AS && readTenant(process.env.SANDBOX_AS)),
};

/**
 * The readings that `npm run probe` has observed.
 * @param file the tenant.json that it wrote
 * @throws Error if the file cannot be read, or contains an answer that is not a reading
 */
export function readTenant(file: string): Partial<OpenQuestions> {
	const { answers } = JSON.parse(readFileSync(file, 'utf8')) as { answers?: object };
	if (!answers) throw new Error(`${file} holds no answers of npm run probe`);
	const seen = Object.entries(answers).filter(
		([question, answer]) => question in readings && !String(answer).startsWith('not seen'),
	);
	for (const [question, answer] of seen) {
		const known: readonly unknown[] = readings[question as keyof OpenQuestions];
		if (!known.includes(answer)) throw new Error(`${file} holds no reading of ${question}`);
	}
	return Object.fromEntries(seen);
}
