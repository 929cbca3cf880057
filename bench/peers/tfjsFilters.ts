/** Gives TensorFlow.js the one kernel that its wasm backend lacks for training convolutions: the gradient by the filters. */
import * as tf from '@tensorflow/tfjs';

const KERNEL = 'Conv2DBackpropFilter';

/**
 * As those write it who train there: a dilated convolution of its own, in which samples and channels have changed
 * places. Of padding 'same', which is all that the peer has.
 */
export function mendFilterGradient(): void {
  if (tf.getBackend() !== 'wasm' || tf.getKernel(KERNEL, 'wasm')) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
      const { strides, filterShape } = attrs as unknown as {
        strides: number | [number, number];
        filterShape: [number, number, number, number];
      };
      const stride = [strides].flat()[0];
      const pads = [1, 2].map((axis) => {
        const pad = Math.max(0, (dy.shape[axis] - 1) * stride + filterShape[axis - 1] - x.shape[axis]);
        return [Math.floor(pad / 2), Math.ceil(pad / 2)];
      });
      return tf.tidy(() => {
        const pictures = tf.transpose(x, [3, 1, 2, 0]);
        const responses = tf.transpose(dy, [1, 2, 0, 3]);
        const padding = [[0, 0], pads[0], pads[1], [0, 0]] as never;
        return tf.transpose(tf.conv2d(pictures, responses, 1, padding, 'NHWC', stride), [1, 2, 0, 3]);
      });
    },
  });
}
