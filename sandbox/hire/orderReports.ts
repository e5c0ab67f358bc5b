import type { Report } from '../data/orderStore';
import type { Answer } from '../http/answers';
import type { Tenant } from '../tenant';

/** The path under which the file host shows reports that cannot be downloaded. */
export const previewPath = '/preview/';

/**
 * A report as it is returned: its file as a URL that is valid for an hour, its preview as a URL of
 * the file host.
 */
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

/** GET of a preview link: a web page, not the report itself. */
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
