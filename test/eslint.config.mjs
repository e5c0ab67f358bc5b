// For everything that does not ship; sandbox/ and scripts/ reuse it. What ships follows n8n's
// rules.
import { importX } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		plugins: { 'import-x': importX },
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/no-unused-vars': 'error',
			'@typescript-eslint/naming-convention': [
				'error',
				{
					// A literal value is a CONSTANT. What a program creates or opens at run time is not.
					selector: 'variable',
					modifiers: ['const', 'global'],
					types: ['string', 'number', 'boolean'],
					format: ['UPPER_CASE', 'camelCase'],
				},
			],
			'import-x/order': ['error', { alphabetize: { order: 'asc', caseInsensitive: true } }],
			'import-x/no-duplicates': 'error',
		},
	},
	{
		files: ['**/*.test.ts'],
		extends: [jest.configs['flat/recommended']],
	},
);
