/** Views of the layers of a walk, made once and used again for every packet that the walk goes through. */
import type { Layer, Walk } from '../dissect/walk.js';

export class LayerViews {
  private walk: Walk | undefined;
  private views: Layer[] = [];

  of(walk: Walk, index: number): Layer {
    if (walk !== this.walk) {
      this.walk = walk;
      this.views = [];
    }
    return (this.views[index] ??= walk.layer(index));
  }
}
