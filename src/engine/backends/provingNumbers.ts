/**
 * What PyTorch computes for the proving step: the loss before and after one step of Adam, and the sum of squares of
 * every tensor after it.
 * Made by test/parity/make-fixtures.py; do not edit.
 */
export const provingNumbers = {
  loss: 0.5170691173205434,
  lossAfter: 0.5041434788967767,
  squaredSums: {
    'encoder.0.weight': 31.020867042737375,
    'encoder.0.bias': 0.83004998848467,
    'encoder.2.weight': 1.141357608352409,
    'encoder.2.bias': 0.829732528447227,
    'encoder.4.weight': 61.62774980504862,
    'encoder.4.bias': 1.1050002981012637,
    'encoder.6.weight': 0.8415307335133141,
    'encoder.6.bias': 1.0766319565088984,
    'encoder.7.weight': 121.63922955311497,
    'encoder.7.bias': 1.8669654441823884,
    'encoder.9.weight': 1.8604275790668123,
    'encoder.9.bias': 2.032738896798707,
    'cell_types.weight': 1.4970401615154665,
    'head.0.weight': 21.350381999625753,
    'head.0.bias': 0.9597340016621592,
    'head.3.weight': 0.9374503188135439,
    'head.3.bias': 0.09724311920449948,
  },
} as const
