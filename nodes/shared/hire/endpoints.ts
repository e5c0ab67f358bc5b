import type { Endpoint } from '../feishu/http';

const CHECKS_AND_APPLICATIONS = ['hire:external_application'];

const APPLICATIONS = '/open-apis/hire/v1/external_applications';
const CHECKS = '/open-apis/hire/v1/external_background_checks';
const ATTACHMENTS = '/open-apis/hire/v1/attachments';

/** With any of these an app can search candidates. */
const TALENT_SCOPES = ['hire:talent:readonly', 'hire:talent'];

const ORDERS = '/open-apis/hire/v1/background_check_orders';

/** With any of these an app can read background check orders. */
const ORDER_SCOPES = ['hire:background_check_order:readonly', 'hire:background_check_order'];

/**
 * The endpoints of Feishu Hire that this package calls, as their pages describe them ("接口频率限制",
 * "权限要求"). `createCheck` and `createApplication` may be repeated, because Feishu creates only one
 * record per `external_id` within 24 hours. Repeating an update or a deletion changes nothing.
 */
export const endpoints = {
	queryChecks: {
		title: '查询外部背调列表',
		method: 'POST',
		path: `${CHECKS}/batch_query`,
		budget: 'batch_query',
		requestsPerSecond: 10,
		scopes: ['hire:external_application:readonly', 'hire:external_application'],
		effect: 'read',
	},
	createCheck: {
		title: '创建外部背调',
		method: 'POST',
		path: CHECKS,
		budget: 'external_background_checks/create',
		requestsPerSecond: 20,
		scopes: CHECKS_AND_APPLICATIONS,
		effect: 'write',
	},
	updateCheck: {
		title: '更新外部背调',
		method: 'PUT',
		path: `${CHECKS}/:id`,
		budget: 'external_background_checks/update',
		requestsPerSecond: 10,
		scopes: CHECKS_AND_APPLICATIONS,
		effect: 'write',
	},
	deleteCheck: {
		title: '删除外部背调',
		method: 'DELETE',
		path: `${CHECKS}/:id`,
		budget: 'external_background_checks/delete',
		requestsPerSecond: 10,
		scopes: CHECKS_AND_APPLICATIONS,
		effect: 'write',
	},
	/** Unlike checks, applications cannot be listed with the scope `…:readonly`. */
	listApplications: {
		title: '查询外部投递列表',
		method: 'GET',
		path: APPLICATIONS,
		budget: 'external_applications',
		requestsPerSecond: 20,
		scopes: CHECKS_AND_APPLICATIONS,
		effect: 'read',
	},
	createApplication: {
		title: '创建外部投递',
		method: 'POST',
		path: APPLICATIONS,
		budget: 'external_applications/create',
		requestsPerSecond: 20,
		scopes: CHECKS_AND_APPLICATIONS,
		effect: 'write',
	},
	updateApplication: {
		title: '更新外部投递',
		method: 'PUT',
		path: `${APPLICATIONS}/:id`,
		budget: 'external_applications/update',
		requestsPerSecond: 20,
		scopes: CHECKS_AND_APPLICATIONS,
		effect: 'write',
	},
	deleteApplication: {
		title: '删除外部投递',
		method: 'DELETE',
		path: `${APPLICATIONS}/:id`,
		budget: 'external_applications/delete',
		/** 20 per minute */
		requestsPerSecond: 20 / 60,
		scopes: CHECKS_AND_APPLICATIONS,
		effect: 'write',
	},
	getAttachment: {
		title: '获取附件信息',
		method: 'GET',
		path: `${ATTACHMENTS}/:id`,
		budget: 'attachment',
		requestsPerSecond: 20,
		scopes: ['hire:attachment:readonly', 'hire:attachment'],
		effect: 'read',
	},
	/** Changes no record: a file is invisible until a record refers to it. */
	uploadAttachment: {
		title: '创建附件',
		method: 'POST',
		path: ATTACHMENTS,
		budget: 'attachments/create',
		/** 50 per second and 1,000 per minute: this rate stays within both indefinitely. */
		requestsPerSecond: 16,
		scopes: ['hire:attachment'],
		effect: 'read',
	},
	searchTalents: {
		title: '获取人才列表',
		method: 'GET',
		path: '/open-apis/hire/v1/talents',
		budget: 'talents',
		requestsPerSecond: 20,
		scopes: TALENT_SCOPES,
		effect: 'read',
	},
	getTalent: {
		title: '获取人才详情',
		method: 'GET',
		path: '/open-apis/hire/v2/talents/:id',
		budget: 'talents/get',
		requestsPerSecond: 20,
		scopes: TALENT_SCOPES,
		effect: 'read',
	},
	findTalentsByContact: {
		title: '批量获取人才 ID',
		method: 'POST',
		path: '/open-apis/hire/v1/talents/batch_get_id',
		budget: 'talents/batch_get_id',
		/** 50 per second and 1,000 per minute, as above. */
		requestsPerSecond: 16,
		scopes: TALENT_SCOPES,
		effect: 'read',
	},
	listOrders: {
		title: '获取背调信息列表',
		method: 'GET',
		path: ORDERS,
		budget: 'background_check_orders',
		/** 50 per second and 1,000 per minute, as above. */
		requestsPerSecond: 16,
		scopes: ORDER_SCOPES,
		effect: 'read',
	},
	queryOrders: {
		title: '查询背调信息列表',
		method: 'POST',
		path: `${ORDERS}/batch_query`,
		budget: 'background_check_orders/batch_query',
		requestsPerSecond: 10,
		scopes: ORDER_SCOPES,
		effect: 'read',
	},
	/** Ordinary applications (投递), to which background check orders belong. */
	listOrdinaryApplications: {
		title: '获取投递列表',
		method: 'GET',
		path: '/open-apis/hire/v1/applications',
		budget: 'applications',
		/** 50 per second and 1,000 per minute, as above. */
		requestsPerSecond: 16,
		scopes: ['hire:application:readonly', 'hire:application'],
		effect: 'read',
	},
} satisfies Record<string, Endpoint>;
