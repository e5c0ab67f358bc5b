/** The contenders, in the order of the tables, with their names there. */
export const labels = {
	thisNode: 'this node',
	sdk: 'official SDK, as documented',
	sdkChunked: 'official SDK, cut by 20 by hand',
	httpRequestNode: "n8n's HTTP Request node",
	bareLoop: "bare loop over n8n's helper",
};

export type ContenderName = keyof typeof labels;
