import { queueTests } from './checks/queue';
import { queueTest } from './lib/test';

queueTest.describe('Queue mode', queueTests);
