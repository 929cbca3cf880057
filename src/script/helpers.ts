/** The small functions that printed expressions call, as far as they do. */
import type { Flavour } from './words.ts';

/** Filters over pictures. The channels come last here, and second in PyTorch. */
const torchFilters: Readonly<Record<string, string>> = {
  conv2d: `def conv2d(x, w, size, stride, pad):
    """Filters w [height, width, from, to] over pictures x [count, height, width, from], to pictures of this
    size. Zeros are filled in: \`pad\` above and to the left, below and to the right as many as are needed."""
    above, left = pad
    below = (size[0] - 1) * stride[0] + w.shape[0] - above - x.shape[1]
    right = (size[1] - 1) * stride[1] + w.shape[1] - left - x.shape[2]
    x = torch.nn.functional.pad(x.permute(0, 3, 1, 2), (left, right, above, below))
    w = w.permute(3, 2, 0, 1).contiguous()  # as PyTorch wants it
    return torch.nn.functional.conv2d(x, w, stride=stride).permute(0, 2, 3, 1)`,
  conv2d_transposed: `def conv2d_transposed(y, w, size, stride, pad):
    """The transpose of a convolution by filters w [height, width, to, from]: pictures y [count, height,
    width, from] to larger ones of this size; \`pad\` rows above and columns to the left are cut off."""
    x = torch.nn.functional.conv_transpose2d(y.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), stride=stride)
    below, right = size[0] + pad[0] - x.shape[2], size[1] + pad[1] - x.shape[3]
    return torch.nn.functional.pad(x, (-pad[1], right, -pad[0], below)).permute(0, 2, 3, 1)`,
  conv2d_filter: `def conv2d_filter(x, y, size, stride, pad):
    """The gradient of a convolution by its filters [height, width, from, to], from pictures x and the
    gradient by its result y."""
    w = torch.zeros(*size, x.shape[3], y.shape[3], requires_grad=True)
    total = (conv2d(x, w, y.shape[1:3], stride, pad) * y).sum()
    return torch.autograd.grad(total, w, create_graph=True)[0]`,
};

const windows = `def windows(x, size, reach, stride, pad):
    """For each place (p, q) in filters of this reach, the pixels under it: a view of x, which is filled up
    with zeros, \`pad\` of them above and to the left. The result of a convolution has this size."""
    (rows, columns), (above, left) = size, pad
    height = max((rows - 1) * stride[0] + reach[0], above + x.shape[1])
    width = max((columns - 1) * stride[1] + reach[1], left + x.shape[2])
    full = np.zeros((len(x), height, width, x.shape[3]))
    full[:, above : above + x.shape[1], left : left + x.shape[2]] = x
    for p in range(reach[0]):
        for q in range(reach[1]):
            down = slice(p, p + (rows - 1) * stride[0] + 1, stride[0])
            across = slice(q, q + (columns - 1) * stride[1] + 1, stride[1])
            yield p, q, full[:, down, across], full`;

const numpyFilters: Readonly<Record<string, string>> = {
  conv2d: `def conv2d(x, w, size, stride, pad):
    """Filters w [height, width, from, to] over pictures x [count, height, width, from], to pictures of this
    size."""
    return sum(under @ w[p, q] for p, q, under, _ in windows(x, size, w.shape, stride, pad))`,
  conv2d_transposed: `def conv2d_transposed(y, w, size, stride, pad):
    """The transpose of a convolution by filters w [height, width, to, from]: pictures y [count, height,
    width, from] to larger ones of this size."""
    x = np.zeros((len(y), *size, w.shape[2]))
    for p, q, under, full in windows(x, y.shape[1:3], w.shape, stride, pad):
        under += y @ w[p, q].T
    return full[:, pad[0] : pad[0] + size[0], pad[1] : pad[1] + size[1]]`,
  conv2d_filter: `def conv2d_filter(x, y, size, stride, pad):
    """The gradient of a convolution by its filters [height, width, from, to], from pictures x and the
    gradient by its result y."""
    w = np.zeros((*size, x.shape[3], y.shape[3]))
    for p, q, under, _ in windows(x, y.shape[1:3], size, stride, pad):
        w[p, q] = np.einsum("nijc,nijd->cd", under, y)
    return w`,
};

/** Small functions that the printed expressions call. */
export function helperTexts(flavour: Flavour, used: string, needsFlat: boolean): string[] {
  const isTorch = flavour === 'torch';
  const calls = (name: string) => new RegExp(`\\b(?<!\\.)${name}\\(`).test(used);
  const helpers: string[] = [];
  const add = (name: string, text: string) => {
    if (calls(name)) helpers.push(text);
  };
  if (calls('softmax') || calls('log_softmax')) {
    helpers.push(
      isTorch
        ? `def log_softmax(x):
    """ln of the softmax over the last axis."""
    return torch.log_softmax(x, dim=-1)`
        : `def log_softmax(x):
    """ln of the softmax over the last axis; the largest value is taken out first."""
    top = x.max(axis=-1, keepdims=True)
    return x - (np.log(np.exp(x - top).sum(axis=-1, keepdims=True)) + top)`,
      `def softmax(x):
    """Positive numbers of sum one over the last axis, in the ratios of e^x."""
    return ${isTorch ? 'torch' : 'np'}.exp(log_softmax(x))`,
    );
  }
  if (isTorch) {
    add(
      'softplus',
      `def softplus(x):
    """ln(1 + e^x), without overflow; that of torch gives up its digits above 20."""
    return -torch.nn.functional.logsigmoid(-x)`,
    );
    add(
      'maximum',
      `def maximum(a, b):
    """The larger; where both are equal, the second one gets the slope."""
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    return torch.where(a > b, a, b)`,
    );
    add(
      'minimum',
      `def minimum(a, b):
    """The smaller; where both are equal, the second one gets the slope."""
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    return torch.where(b > a, a, b)`,
    );
    add('pad', 'pad = torch.nn.functional.pad');
    for (const [name, text] of Object.entries(torchFilters)) add(name, text);
    if (needsFlat)
      helpers.push(`def flat(*parts):
    """Arrays one after the other, as one vector."""
    return torch.cat([torch.as_tensor(part).reshape(-1) for part in parts])`);
  } else {
    add(
      'softplus',
      `def softplus(x):
    """ln(1 + e^x), without overflow."""
    return np.logaddexp(0, x)`,
    );
    add(
      'sigmoid',
      `def sigmoid(x):
    """1 / (1 + e^-x), accurate in both tails."""
    return np.exp(-np.logaddexp(0, -x))`,
    );
    if (Object.keys(numpyFilters).some(calls)) helpers.push(windows);
    for (const [name, text] of Object.entries(numpyFilters)) add(name, text);
    if (needsFlat)
      helpers.push(`def flat(*parts):
    """Arrays one after the other, as one vector."""
    return np.concatenate([np.ravel(part) for part in parts])`);
  }
  return helpers;
}
