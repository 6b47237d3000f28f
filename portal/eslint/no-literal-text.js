/**
 * Texts that people read come from the catalogues: no literal text in JSX children
 * nor in the attributes that are shown or read aloud.
 */
const READ_ATTRIBUTES = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'caption',
  'description',
  'heading',
  'help',
  'label',
  'message',
  'placeholder',
  'subtitle',
  'title',
])

const hasWords = (text) => /\p{L}/u.test(text)

function literalOf(node) {
  if (node === null) return ''
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.cooked).join('')
  if (node.type === 'JSXExpressionContainer') return literalOf(node.expression)
  if (node.type === 'ConditionalExpression')
    return literalOf(node.consequent) + literalOf(node.alternate)
  if (node.type === 'LogicalExpression') return literalOf(node.right)
  return ''
}

export default {
  meta: {
    type: 'problem',
    messages: { literal: 'Literal text "{{text}}": take it from the catalogue with t().' },
    schema: [],
  },
  create(context) {
    const report = (node, text) =>
      context.report({ node, messageId: 'literal', data: { text: text.trim().slice(0, 40) } })
    return {
      JSXText(node) {
        if (hasWords(node.value)) report(node, node.value)
      },
      JSXAttribute(node) {
        if (!READ_ATTRIBUTES.has(node.name.name) || node.value === null) return
        const text = literalOf(node.value)
        if (hasWords(text)) report(node, text)
      },
      'JSXElement > JSXExpressionContainer, JSXFragment > JSXExpressionContainer'(node) {
        const text = literalOf(node)
        if (hasWords(text)) report(node, text)
      },
    }
  },
}
