import { byHandTests } from './checks/byHand';
import { candidateTests } from './checks/candidates';
import { credentialTests } from './checks/credential';
import { httpRequestTests } from './checks/httpRequest';
import { installationTests } from './checks/installation';
import { listTests } from './checks/lists';
import { scheduleTests } from './checks/schedule';
import { stopTests } from './checks/stop';
import { publishedTriggerTests } from './checks/triggerExample';
import { vendorReportTests } from './checks/vendorReport';
import { test } from './lib/test';

// The tests that do not touch n8n's process, database, logs or files.
test.describe('Installation', installationTests);
test.describe('Credential test', credentialTests);
test.describe('Candidates', candidateTests);
test.describe('Lists to pick from', listTests);
test.describe('By hand', () => byHandTests());
test.describe('Writing', vendorReportTests);
test.describe('Trigger', publishedTriggerTests);
test.describe('Schedule', scheduleTests);
test.describe('HTTP Request node', httpRequestTests);
test.describe('Stop', stopTests);
