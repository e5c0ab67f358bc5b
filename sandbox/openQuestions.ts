import { readFileSync } from 'node:fs';

/**
 * What Feishu's pages leave open, each with both (or all) readings (docs/feishu-api.md). No reading is
 * known to be the right one, so a client has to survive every one of them. A sandbox starts with the
 * first of each.
 */
export const readings = {
	/** No condition at all, where checks are asked for. 'error' is 1002002. */
	unfiltered: ['all', 'empty', 'error'],
	/** `[]` as ID list. 'all': as if the list was not passed. 'error' is 1002002. */
	emptyIdList: ['all', 'empty', 'error'],
	/** An unknown ID in the list. 'error' is 1002002 for the whole call. */
	unknownIds: ['omit', 'error'],
	/** An unknown application of the kind that is asked for. 'error' is 1002002. */
	unknownApplication: ['empty', 'error'],
	/**
	 * page_size that is no integer from 1 to the most. 'empty': quietly no items; 'clipped': one that is
	 * too large counts as the most.
	 */
	pageSizeError: ['1002002', '99992402', 'empty', 'clipped'],
	/** page_token of the last page: absent as documented, or "". */
	lastPageToken: ['absent', 'empty'],
	/** An answer without items: `[]`, `null`, no `items`, or `data: {}`. */
	emptyAnswer: ['null', 'array', 'missing', 'noData'],
	/** Whether page_size pages an ID-list answer, or is itself an ignored condition. */
	idListPaging: ['pageSize', 'ignore'],
	/** Order of an ID-list answer; 'reversed' is the order asked for, backwards. */
	idOrder: ['stored', 'asked', 'reversed'],
	/** What a page_token of checks or applications holds: the last item's place, or a count of items to skip. */
	paging: ['cursor', 'offset'],
	/** HTTP status of 99991400. */
	rateLimitStatus: [429, 400, 200],
	/** HTTP status of 99991663. */
	expiredTokenStatus: [400, 200],
	/** A list that is no array of strings: refused by the gateway, or by Hire. */
	listTypeError: ['99992402', '1002002'],
	/** A body that is no JSON object, or not sent as application/json. */
	badBody: ['1002002', '9499'],
	/** batch_get_id, a number that is none: 1002009 for the whole batch, or left out. */
	badMobile: ['error', 'omit'],
	/** Two contacts of one talent in a request of batch_get_id: a row for each, or one for the talent. */
	contactRows: ['each', 'merged'],
	/** Whether batch_get_id finds an e-mail address that is stored in another case. */
	emailCase: ['any', 'exact'],
	/** How batch_get_id echoes an e-mail address. */
	emailEcho: ['stored', 'asked', 'lowerCase'],
	/** How batch_get_id echoes a number: `13800000001`, `+8613800000001`, `138****0001`. */
	mobileEcho: ['digits', 'withCode', 'masked'],
	/** A talent without applications of either kind. 'error' is 1002002 "IDList is empty". */
	talentWithoutApplications: ['empty', 'error'],
	/** Whether hire:external_application:readonly lists applications, too; no page says so. */
	readonlyListsApplications: ['no', 'yes'],
	/** A create with an `external_id` of the last 24 hours: the old record, `data: {}`, or 1002002. */
	repeatedExternalId: ['record', 'empty', 'error'],
	/** What becomes of a field that an update leaves out. */
	omittedOnUpdate: ['cleared', 'kept'],
	/** The ID that an uploaded file has on a check: one of its own, or that of the upload. */
	uploadedAttachmentId: ['new', 'same'],
	/** An ID of a check's `attachment_list` sent as one of `attachment_id_list`; 1002002 refuses. */
	storedAttachmentId: ['accepted', 'refused', 'copied'],
	/** The most attachments a create takes; more are 1002002. */
	maxAttachments: [null, 20],
	/** Deletion of what is not there: 1002002, or as if it had been. */
	deleteUnknown: ['error', 'success'],
	/** Whether the checks of an external application go with it. */
	deletedApplication: ['keepsChecks', 'dropsChecks'],
	/** Whether the ID of a new record has the second of its creation in its upper 32 bits. */
	idTime: ['carried', 'none'],
	/** What an upload calls the text of a refusal by Hire; in a success it is `message`. */
	uploadErrorText: ['message', 'msg'],
	/** No condition at all, where orders are asked for. 'error' is 1002002. */
	unfilteredOrders: ['all', 'empty', 'error'],
	/** What orders are sorted by when no ID list is given. */
	orderSort: ['newest', 'oldest', 'lastUpdated', 'firstUpdated'],
	/** What a page_token of orders holds; by 'offset' rows shift when orders come, go or move. */
	orderPaging: ['offset', 'cursor'],
	/** Whether an order of exactly the start or end of a time filter is in it. */
	orderTimeBounds: ['inclusive', 'exclusive', 'endExclusive'],
	/** Start or end alone: the other side is open, the bound is not looked at, or 1002002. */
	orderOneBound: ['open', 'ignored', 'error'],
	/** Which changes of an order move its `update_time`. */
	orderUpdateTime: ['everything', 'notProgressOrReports', 'statusOnly'],
	/** No order found. 'error' is 1002002 "IDList is empty". */
	noOrders: ['empty', 'error'],
	/** Mobiles and e-mails in the list of orders; its page names no scope, that of batch_query does. */
	listedContacts: ['shown', 'byScope'],
	/** Where `attachment_url` of a report leads: to the file host, or to Feishu, which redirects to it. */
	reportUrl: ['fileHost', 'redirect'],
} as const;

/** A reading for each open question. */
export type OpenQuestions = {
	-readonly [Question in keyof typeof readings]: (typeof readings)[Question][number];
};

const firstReadings = Object.fromEntries(
	Object.entries(readings).map(([question, [first]]) => [question, first]),
) as OpenQuestions;

/** The readings a sandbox starts with: those of the tenant in the file that SANDBOX_AS names, if it does. */
export const defaultOpenQuestions: OpenQuestions = {
	...firstReadings,
	...(process.env.SANDBOX_AS && readTenant(process.env.SANDBOX_AS)),
};

/**
 * The readings that `npm run probe` has seen.
 * @param file the tenant.json that it wrote
 * @throws Error when the file cannot be read, or holds an answer that is no reading
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
