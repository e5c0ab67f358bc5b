import { CHECKS } from '../../../hire/api/backgroundChecks';
import { simplified } from '../../../hire/simplify';
import type { Rows } from '../../output';

export const CHECK_IDS_LABEL = 'External Background Check IDs';

export const CHECK_ROWS: Rows = {
	name: CHECKS,
	idsLabel: CHECK_IDS_LABEL,
	none: 'noBackgroundCheck',
	simplify: simplified,
};
