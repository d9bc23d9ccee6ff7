/**
 * What PyTorch computes for the proving step: the loss before and after one step of Adam, and the sum of squares of
 * every tensor after it.
 * Made by test/parity/make-fixtures.py; do not edit.
 */
export const provingNumbers = {
  loss: 0.5026815238844934,
  lossAfter: 0.4950612536153396,
  squaredSums: {
    'encoder.0.weight': 31.251211782343503,
    'encoder.0.bias': 0.8597924749870103,
    'encoder.2.weight': 1.1413576734413242,
    'encoder.2.bias': 0.8422347060243481,
    'encoder.4.weight': 61.608230684950506,
    'encoder.4.bias': 1.0903375792950083,
    'encoder.6.weight': 0.8578839504648699,
    'encoder.6.bias': 1.0911724944400185,
    'encoder.7.weight': 121.77663307269825,
    'encoder.7.bias': 1.878289979985731,
    'encoder.9.weight': 1.9932200835809293,
    'encoder.9.bias': 1.8644239073825202,
    'cell_types.weight': 1.4970396325232984,
    'head.0.weight': 21.201029430421883,
    'head.0.bias': 0.967659545346077,
    'head.3.weight': 0.93495071919427,
    'head.3.bias': 0.110116649905196,
  },
} as const
