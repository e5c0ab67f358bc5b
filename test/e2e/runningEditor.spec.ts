import { attachmentEditorTests } from './checks/attachments';
import { editorTests } from './checks/editor';
import { formTests } from './checks/form';
import { locatorTests } from './checks/locators';
import { writeEditorTests } from './checks/writeEditor';
import { test } from './lib/test';

test.describe('Editor, in a browser', () => {
	test.describe.configure({ timeout: 240_000 });
	attachmentEditorTests();
	formTests();
	locatorTests();
	writeEditorTests();
	editorTests();
});
