import type { Check } from '../lib/checks';
import type { Editor } from '../lib/editor';
import type { World } from '../lib/world';
import { aiToolChecks } from './aiTool';
import { attachmentChecks, attachmentEditorChecks } from './attachments';
import { candidateChecks } from './candidates';
import { credentialChecks } from './credential';
import { editorChecks } from './editor';
import { exampleChecks } from './examples';
import { formChecks } from './form';
import { httpRequestChecks } from './httpRequest';
import { listChecks } from './lists';
import { locatorChecks } from './locators';
import { nodeTypeChecks } from './nodeTypes';
import { scheduleChecks } from './schedule';
import { stopChecks } from './stop';
import { tokenChecks } from './tokens';
import { tourCheck } from './tour';
import { triggerEditorChecks } from './triggerEditor';
import { vendorReportChecks } from './vendorReport';
import { vendorReportEditorChecks } from './vendorReportEditor';
import { writeEditorChecks } from './writeEditor';

/** Topics that a plain n8n on SQLite shows, in the order they run. */
export const API_TOPICS: Array<[title: string, checks: (world: World) => Check[]]> = [
	['Credential test', credentialChecks],
	['Token', tokenChecks],
	['Candidates', candidateChecks],
	['Lists to pick from', listChecks],
	['Writing', vendorReportChecks],
	['Examples', exampleChecks],
	['Attachments', attachmentChecks],
	['Schedule', scheduleChecks],
	['HTTP Request node', httpRequestChecks],
	['AI tool', aiToolChecks],
	['Stop', stopChecks],
	['Node types', nodeTypeChecks],
];

/** Seconds: n8n's editor is large, and a machine without a GPU draws slowly. */
const EDITOR_LIMIT = 240;

/** What a person sees in n8n's editor, in the order it runs. */
export const editorChecksOf = (world: World, editor: Editor): Check[] =>
	[
		...attachmentEditorChecks(world, editor),
		...formChecks(world, editor),
		...locatorChecks(world, editor),
		...triggerEditorChecks(world, editor),
		...writeEditorChecks(world, editor),
		...vendorReportEditorChecks(world, editor),
		tourCheck(world, editor),
		...editorChecks(world, editor),
	].map((check) => ({ limit: EDITOR_LIMIT, ...check }));
