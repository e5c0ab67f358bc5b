import { emailsRow, namesRow, repeatedEmailsRow } from './candidates';
import {
	applicationsRow,
	bigScanRow,
	duplicatesRow,
	idsRow,
	scanRow,
	twoProcessesRow,
} from './reading';
import { longListRow, shortListsRow } from './roundTrips';
import type { RowOfSize } from './row';
import { createsRow, faultyCreatesRow, updatesRow, uploadsRow } from './writing';

/** The rows that are measured with contenders: `npm run bench -- NAME`. */
export const rows: Record<string, RowOfSize> = {
	'tls-one-list': longListRow,
	'tls-many-lists': shortListsRow,
	'ids-100': idsRow(100),
	'ids-300': idsRow(300),
	applications: applicationsRow,
	emails: emailsRow,
	'emails-repeated': repeatedEmailsRow,
	names: namesRow,
	creates: createsRow,
	'creates-faults': faultyCreatesRow,
	updates: updatesRow,
	uploads: uploadsRow,
	scan: scanRow,
	'big-scan': bigScanRow,
	duplicates: duplicatesRow,
	'two-processes': twoProcessesRow,
};
