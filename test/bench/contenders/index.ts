import { bareLoop, pacedLoop } from './bareLoop';
import type { Contender } from './contender';
import { holdItems } from './holdItems';
import { httpRequestNode } from './httpRequestNode';
import { sdk, sdkChunked } from './sdk';
import { thisNode } from './thisNode';

/** Everything that takes part; the keys are in the tables' order. */
export const contenders = {
	thisNode,
	sdk,
	sdkChunked,
	httpRequestNode,
	bareLoop,
	pacedLoop,
	holdItems,
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;

/** What the tables call them. */
export const labels: Record<ContenderName, string> = {
	thisNode: 'this node',
	sdk: 'official SDK, as documented',
	sdkChunked: 'official SDK, cut by 20 by hand',
	httpRequestNode: "n8n's HTTP Request node",
	bareLoop: "bare loop over n8n's helper",
	pacedLoop: 'bare loop at the same pace',
	holdItems: 'only holding the items',
};
