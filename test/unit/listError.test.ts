import { NodeOperationError, type INode } from 'n8n-workflow';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { toListError } from '../../nodes/shared/listSearch/listError';

const node = { name: 'Node', type: 'n8n-nodes-feishu-hire.feishuHire', parameters: {} } as INode;

test.each<[string, (message: string) => Error]>([
	['Feishu', (message) => new FeishuError({ message, advice: 'a', reaction: 'fail' })],
	['n8n', (message) => new NodeOperationError(node, message)],
	['Node', (message) => new Error(message)],
])('a message of %s has no hyphen that the editor would drop', (_whose, errorWith) => {
	expect(toListError(node, errorWith('a-b – c—d')).message).toBe('a\u2011b \u2011 c\u2011d');
});
