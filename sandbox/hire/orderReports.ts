import type { Report } from '../data/orderStore';
import type { Answer } from '../http/answers';
import type { Tenant } from '../tenant';

/** Where the file host shows reports that cannot be downloaded. */
export const previewPath = '/preview/';

/** A report as it is answered: its file is a URL of an hour, its preview an address of the file host. */
export function reportRow(tenant: Tenant, { file, ...report }: Report): Record<string, unknown> {
	const { report_preview_url: preview } = report;
	return {
		...report,
		...(file && { attachment_url: reportUrl(tenant, report.id) }),
		...(preview !== undefined && {
			report_preview_url: preview.startsWith('/') ? tenant.fileHostUrl + preview : preview,
		}),
	};
}

/** GET of a preview link: a web page, not the report. */
export function answerPreview(): Answer {
	return {
		status: 200,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: '<!doctype html><title>背景调查报告</title><p>报告预览</p>',
	};
}

function reportUrl({ now, options, ...tenant }: Tenant, id: string): string {
	const expiresAt = now() + options.reportUrlLifeSeconds * 1000;
	const host = options.open.reportUrl === 'fileHost' ? tenant.fileHostUrl : tenant.url;
	return host + tenant.fileUrls.sign(id, expiresAt);
}
