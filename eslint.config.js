import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export it by name: a thing has one name wherever it is used.',
}

const houseRules = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
  '@typescript-eslint/no-explicit-any': 'error',
  // A leading underscore says that a parameter is there for its place alone.
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
  'no-restricted-syntax': ['error', noDefaultExport],
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: '^\\.{1,2}/(?!.*\\.[a-z]+(\\?[a-z]+)?$)',
          message: 'Name the file with its extension: Node runs the sources as they are.',
        },
      ],
    },
  ],
}

/** For files whose types are known: strict, except where it argues with what this project has chosen. */
const typedRules = {
  // The compiler checks indexed access; `!` is how a loop says that it knows its bounds.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // Objects here are made of closures, not of `this`: their methods may be taken out.
  '@typescript-eslint/unbound-method': 'off',
  // A function that keeps an asynchronous promise to its caller is async, so that what it throws is a rejection.
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/no-invalid-void-type': 'off',
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  // The strings that are spread are DNA.
  '@typescript-eslint/no-misused-spread': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': 'off',
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
}

export default defineConfig(
  globalIgnores(['out/', '.out-*/', 'dist/', 'runtime/', 'coverage/', 'test-results/', 'playwright-report/', 'bench/results/']),
  js.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', '*.config.ts', 'scripts/**/*.mjs'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './tsconfig.web.json'], tsconfigRootDir: import.meta.dirname } },
    rules: { ...houseRules, ...typedRules },
  },
  {
    files: ['src/**/*.vue'],
    extends: [tseslint.configs.strict, vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      ...houseRules,
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      // The compiler knows which props may be absent.
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['*.config.ts', '*.config.js', '**/*.d.ts', '.dependency-cruiser.mjs', 'src/**/*.vue'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['scripts/**/*.mjs', '*.js', '.dependency-cruiser.mjs'],
    rules: {
      // Left to the compiler, which reads the types that stand in comments; the linter does not.
      'no-undef': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  prettier,
)
