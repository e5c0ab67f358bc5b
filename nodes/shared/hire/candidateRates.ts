/**
 * Requests per second of each API that finds candidates and their external applications; each has a
 * budget of its own. An object, so that tests can quicken them. Source: Feishu's page of each API,
 * "接口频率限制".
 */
export const candidateRates = {
	/** "获取人才列表", "获取人才信息" */
	talents: 20,
	/** "批量获取人才简要信息": 50 in a second and 1,000 in a minute; this pace keeps both, however long it lasts. */
	contacts: 16,
	/** "查询外部投递列表" */
	applications: 20,
};
