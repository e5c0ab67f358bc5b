/**
 * Requests per second of each API that writes, and of the reads that go with it; each has a budget of
 * its own. An object, so that tests can quicken them. Source: Feishu's page of each API, "接口频率限制".
 */
export const writeRates = {
	/** "创建外部背调" */
	createCheck: 20,
	/** "更新外部背调" */
	updateCheck: 10,
	/** "删除外部背调" */
	deleteCheck: 10,
	/** "查询外部背调列表" */
	readChecks: 10,
	/** "创建外部投递" */
	createApplication: 20,
	/** "更新外部投递" */
	updateApplication: 20,
	/** "删除外部投递": 20 in a minute */
	deleteApplication: 20 / 60,
	/** "创建附件": 50 in a second and 1,000 in a minute; this pace keeps both, however long it lasts. */
	uploadAttachment: 16,
};
