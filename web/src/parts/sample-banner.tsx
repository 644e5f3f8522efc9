import type { PairView } from '../../../src/domain/api/pairs.ts'
import { remove, sentence } from '../api.ts'
import { forgetAll } from '../load.ts'
import { go } from '../route.ts'
import { say } from '../say.ts'
import { Icon } from './icon.tsx'

export const SampleBanner = ({ pair }: { pair: PairView }) => {
  const take = async () => {
    try {
      await remove(`/pairs/${pair.id}`)
      forgetAll()
      go('/')
      say('The sample is gone.')
    } catch (failure) {
      say(sentence(failure))
    }
  }
  return (
    <div class="banner">
      <Icon name="people" />
      <p>
        <b>A sample.</b> {pair.report.name} is invented, and so is all that was said. Remove it whenever you
        like.
      </p>
      <button class="b plain tiny" type="button" onClick={() => void take()}>
        Remove the sample
      </button>
    </div>
  )
}
