import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import noLiteralText from './eslint/no-literal-text.js'

const only = (...groups) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: groups }] }],
})

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/node_modules/**', 'packages/api-client/src/schema.ts', '.cache/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.tsx'],
    plugins: { portal: { rules: { 'no-literal-text': noLiteralText } } },
    extends: [jsxA11y.flatConfigs.recommended],
    rules: { 'portal/no-literal-text': 'error' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'max-lines': ['error', { max: 400, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['**/*.test.tsx'], rules: { 'portal/no-literal-text': 'off' } },
  // The console is worked by keyboard: who opens a form to type finds the cursor in its first field.
  // A wide table scrolls in its frame, and the keyboard must be able to reach it.
  {
    files: ['apps/admin/src/**/*.tsx'],
    rules: {
      'jsx-a11y/no-autofocus': 'off',
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['group', 'tabpanel'] }],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        localStorage: 'readonly',
      },
    },
  },
  {
    files: ['**/shell-worker.js'],
    languageOptions: {
      globals: {
        location: 'readonly',
        localStorage: 'readonly',
        URLSearchParams: 'readonly',
        window: 'readonly',
        self: 'readonly',
        caches: 'readonly',
        fetch: 'readonly',
        Response: 'readonly',
      },
    },
  },
  // Direction of imports: i18n and api-client know nothing of the screen; ui knows nothing of the API;
  // an application never reaches into another.
  { files: ['packages/i18n/src/**'], rules: only('@minga/*') },
  { files: ['packages/api-client/src/**'], rules: only('@minga/*', 'react', '@mantine/*') },
  { files: ['packages/ui/src/**'], rules: only('@minga/api-client', '@minga/mock-api') },
  {
    files: ['packages/simulators/src/**'],
    rules: only('@minga/mock-api', '@minga/member', '@minga/admin', '**/apps/**', 'openapi-fetch'),
  },
  {
    files: ['apps/member/src/**'],
    rules: only('@minga/mock-api', '@minga/admin', '**/apps/admin/**', 'openapi-fetch'),
  },
  {
    files: ['apps/admin/src/**'],
    rules: only('@minga/mock-api', '@minga/member', '**/apps/member/**', 'openapi-fetch'),
  },
)
