import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { defineAsyncComponent } from 'vue'
import HomePage from './HomePage.vue'
import './style.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('HomePage', HomePage)
    app.component(
      'SignatureChecker',
      defineAsyncComponent(() => import('../checker/SignatureChecker.vue')),
    )
  },
} satisfies Theme
