import { aiToolTests } from './checks/aiTool';
import { attachmentEditorTests, attachmentTests } from './checks/attachments';
import { byHandTests } from './checks/byHand';
import { candidateTests } from './checks/candidates';
import { credentialTests } from './checks/credential';
import { editorTests } from './checks/editor';
import { exampleNoteTests } from './checks/exampleNotes';
import { exampleTests } from './checks/examples';
import { formTests } from './checks/form';
import { httpRequestTests } from './checks/httpRequest';
import { installationTests, unverifiedTests } from './checks/installation';
import { listTests } from './checks/lists';
import { locatorTests } from './checks/locators';
import { nodeTypeTests } from './checks/nodeTypes';
import { orderEditorTests } from './checks/orderEditor';
import { quietEditorTests, quietTests } from './checks/quiet';
import { scheduleTests } from './checks/schedule';
import { secretTests } from './checks/secrets';
import { sheetFormTests } from './checks/sheetForm';
import { ssrfTests } from './checks/ssrf';
import { stopTests } from './checks/stop';
import { tokenTests } from './checks/tokens';
import { tourTest } from './checks/tour';
import { triggerEditorTests } from './checks/triggerEditor';
import { vendorReportKillTests, vendorReportTests } from './checks/vendorReport';
import { vendorReportEditorTests } from './checks/vendorReportEditor';
import { writeEditorTests } from './checks/writeEditor';
import { test } from './lib/test';

// One file, because the order matters: the last two groups look at what all others left in n8n.
test.describe('Installation', () => {
	installationTests();
	unverifiedTests();
});
test.describe('Credential test', credentialTests);
test.describe('Token', tokenTests);
test.describe('Candidates', candidateTests);
test.describe('Lists to pick from', listTests);
test.describe('By hand', () => byHandTests('filesystem'));
test.describe('Writing', () => {
	vendorReportTests();
	vendorReportKillTests();
});
test.describe('Examples', exampleTests);
test.describe('Attachments', attachmentTests);
test.describe('Schedule', scheduleTests);
test.describe('HTTP Request node', httpRequestTests);
test.describe('AI tool', aiToolTests);
test.describe('Stop', stopTests);
test.describe('SSRF protection', ssrfTests);
test.describe('Node types', nodeTypeTests);

test.describe('Editor, in a browser', () => {
	// n8n's editor is large, and a machine without a GPU draws slowly.
	test.describe.configure({ timeout: 240_000 });
	attachmentEditorTests();
	exampleNoteTests();
	formTests();
	locatorTests();
	triggerEditorTests();
	writeEditorTests();
	orderEditorTests();
	vendorReportEditorTests();
	sheetFormTests();
	tourTest();
	editorTests();
	quietEditorTests();
});

test.describe('Secrets', secretTests);
test.describe('Offline', quietTests);
