import { answerToken } from './gateway/answerToken';
import { perMinute, perSecond, type RateWindow } from './gateway/rateLimit';
import { answerApplications } from './hire/applications';
import {
	answerCreateApplication,
	answerDeleteApplication,
	answerUpdateApplication,
} from './hire/applicationWrites';
import { answerAttachment, answerFile } from './hire/attachments';
import { answerBatchQuery } from './hire/batchQuery';
import { answerCreateCheck, answerDeleteCheck, answerUpdateCheck } from './hire/checkWrites';
import { filePath } from './hire/fileUrls';
import { answerPreview, previewPath } from './hire/orderReports';
import { answerOrders, answerOrdinaryApplications } from './hire/orders';
import { answerTalentIds } from './hire/talentIds';
import { answerTalent, answerTalents } from './hire/talents';
import { answerUpload } from './hire/upload';
import { answerHook } from './hook';
import type { Answer } from './http/answers';
import type { Api, RequestRecord } from './http/request';
import type { Tenant } from './tenant';

export interface Route {
	api: Api;
	method: string;
	/** `:name` matches one part of a path, `*` everything that follows. */
	path: string;
	/** Any one of these is enough. If absent, the API requires no token and has no limit. */
	scopes?: string[];
	rates?: RateWindow[];
	answer: (tenant: Tenant, request: RequestRecord) => Answer;
}

const hire = '/open-apis/hire/v1';
const writes = ['hire:external_application'];
export const reads = [...writes, 'hire:external_application:readonly'];
const talentScopes = ['hire:talent', 'hire:talent:readonly'];
const orderScopes = ['hire:background_check_order', 'hire:background_check_order:readonly'];
const fileScopes = ['hire:attachment', 'hire:attachment:readonly'];

/** Every API, with the scopes and limits of its page. Each has its own budget per app. */
export const routes: Route[] = [
	{
		api: 'token',
		method: 'POST',
		path: '/open-apis/auth/v3/tenant_access_token/internal',
		answer: answerToken,
	},
	{
		api: 'batch_query',
		method: 'POST',
		path: `${hire}/external_background_checks/batch_query`,
		scopes: reads,
		rates: [perSecond(10)],
		answer: answerBatchQuery,
	},
	{
		api: 'attachment',
		method: 'GET',
		path: `${hire}/attachments/:attachment_id`,
		scopes: fileScopes,
		rates: [perSecond(20)],
		answer: answerAttachment,
	},
	{
		api: 'talents',
		method: 'GET',
		path: `${hire}/talents`,
		scopes: talentScopes,
		rates: [perSecond(20)],
		answer: answerTalents,
	},
	{
		api: 'batch_get_id',
		method: 'POST',
		path: `${hire}/talents/batch_get_id`,
		scopes: talentScopes,
		rates: [perSecond(50), perMinute(1000)],
		answer: answerTalentIds,
	},
	{
		api: 'talent',
		method: 'GET',
		path: '/open-apis/hire/v2/talents/:talent_id',
		scopes: talentScopes,
		rates: [perSecond(20)],
		answer: answerTalent,
	},
	{
		api: 'external_applications',
		method: 'GET',
		path: `${hire}/external_applications`,
		scopes: writes,
		rates: [perSecond(20)],
		answer: answerApplications,
	},
	{
		api: 'create_check',
		method: 'POST',
		path: `${hire}/external_background_checks`,
		scopes: writes,
		rates: [perSecond(20)],
		answer: answerCreateCheck,
	},
	{
		api: 'update_check',
		method: 'PUT',
		path: `${hire}/external_background_checks/:external_background_check_id`,
		scopes: writes,
		rates: [perSecond(10)],
		answer: answerUpdateCheck,
	},
	{
		api: 'delete_check',
		method: 'DELETE',
		path: `${hire}/external_background_checks/:external_background_check_id`,
		scopes: writes,
		rates: [perSecond(10)],
		answer: answerDeleteCheck,
	},
	{
		api: 'upload',
		method: 'POST',
		path: `${hire}/attachments`,
		scopes: ['hire:attachment'],
		rates: [perSecond(50), perMinute(1000)],
		answer: answerUpload,
	},
	{
		api: 'create_application',
		method: 'POST',
		path: `${hire}/external_applications`,
		scopes: writes,
		rates: [perSecond(20)],
		answer: answerCreateApplication,
	},
	{
		api: 'update_application',
		method: 'PUT',
		path: `${hire}/external_applications/:external_application_id`,
		scopes: writes,
		rates: [perSecond(20)],
		answer: answerUpdateApplication,
	},
	{
		api: 'delete_application',
		method: 'DELETE',
		path: `${hire}/external_applications/:external_application_id`,
		scopes: writes,
		rates: [perMinute(20)],
		answer: answerDeleteApplication,
	},
	{
		api: 'orders',
		method: 'GET',
		path: `${hire}/background_check_orders`,
		scopes: orderScopes,
		rates: [perSecond(50), perMinute(1000)],
		answer: answerOrders,
	},
	{
		api: 'query_orders',
		method: 'POST',
		path: `${hire}/background_check_orders/batch_query`,
		scopes: orderScopes,
		rates: [perSecond(10)],
		answer: answerOrders,
	},
	{
		api: 'applications',
		method: 'GET',
		path: `${hire}/applications`,
		scopes: ['hire:application', 'hire:application:readonly'],
		rates: [perSecond(50), perMinute(1000)],
		answer: answerOrdinaryApplications,
	},
	{ api: 'file', method: 'GET', path: `${filePath}*`, answer: answerFile },
	{ api: 'preview', method: 'GET', path: `${previewPath}*`, answer: answerPreview },
	{ api: 'bot_hook', method: 'POST', path: '/open-apis/bot/v2/hook/:hook_id', answer: answerHook },
];
