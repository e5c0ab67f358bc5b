/**
 * What the reference leaves open, each with both (or all) readings (feishu-hire-api.md, table
 * "What the doc leaves open"). No reading is known to be the right one, so a client has to survive
 * every one of them.
 */
export interface OpenQuestions {
	/** Neither application nor ID list (question 1). 'error' is 1002002. */
	unfiltered: 'all' | 'empty' | 'error';
	/** `[]` as ID list (question 2). 'all': as if the list was not passed. 'error' is 1002002. */
	emptyIdList: 'all' | 'empty' | 'error';
	/** An unknown ID in the list (question 6). 'error' is 1002002 for the whole call. */
	unknownIds: 'omit' | 'error';
	/** An application without checks (question 9). 'error' is 1002002. */
	unknownApplication: 'empty' | 'error';
	/** page_size that is no integer from 1 to 20 (question 17). 'empty': quietly no items. */
	pageSizeError: '1002002' | '99992402' | 'empty';
	/** page_token of the last page: absent as documented, or "" (question 13). */
	lastPageToken: 'absent' | 'empty';
	/** An answer without items (question 10): `[]`, `null`, no `items`, or `data: {}`. */
	emptyAnswer: 'array' | 'null' | 'missing' | 'noData';
	/** Whether page_size pages an ID-list answer, or is itself an ignored condition (question 3). */
	idListPaging: 'pageSize' | 'ignore';
	/** Order of an ID-list answer (question 5); 'reversed' is the order asked for, backwards. */
	idOrder: 'stored' | 'asked' | 'reversed';
	/** What a page_token holds: the last item's place, or a count of items to skip (question 19). */
	paging: 'cursor' | 'offset';
	/** HTTP status of 99991400. */
	rateLimitStatus: 429 | 400 | 200;
	/** HTTP status of 99991663. */
	expiredTokenStatus: 400 | 200;
	/** A list that is no array of strings: refused by the gateway, or by Hire. */
	listTypeError: '99992402' | '1002002';
	/** A body that is no JSON object, or not sent as application/json. */
	badBody: '1002002' | '9499';
}

/** The readings a sandbox starts with. */
export const defaultOpenQuestions: OpenQuestions = {
	unfiltered: 'all',
	emptyIdList: 'all',
	unknownIds: 'omit',
	unknownApplication: 'empty',
	pageSizeError: '1002002',
	lastPageToken: 'absent',
	emptyAnswer: 'null',
	idListPaging: 'pageSize',
	idOrder: 'stored',
	paging: 'cursor',
	rateLimitStatus: 429,
	expiredTokenStatus: 400,
	listTypeError: '99992402',
	badBody: '1002002',
};
