import { z } from 'zod'
import { type Route, json, jsonBody, param, redirect } from '../core/call'
import { scenarioNames } from './plan'
import type { Scenes } from './scenes'

const NewScene = z.object({
  name: z.enum(scenarioNames),
  seed: z.string().max(100).default('northwind'),
  speed: z.number().min(0.1).max(10_000).default(1),
  accounts: z.array(z.string()).max(100).default([]),
})

/** The knobs of scenarios; those of the front page take no body. */
export const sceneRoutes = (scenes: Scenes): readonly Route[] => [
  { method: 'GET', path: '/scenarios', handle: () => json(200, { scenes: scenes.list(), names: scenarioNames }) },
  {
    method: 'POST',
    path: '/scenarios',
    handle: (call) => {
      const wish = NewScene.safeParse(jsonBody(call))
      return wish.success ? json(201, scenes.start(wish.data)) : json(400, { message: z.prettifyError(wish.error) })
    },
  },
  {
    method: 'POST',
    path: '/scenarios/:name',
    handle: (call) => {
      const wish = NewScene.safeParse({ name: param(call, 'name'), speed: 60 })
      if (!wish.success)
        return json(404, { message: `There is no such scenario. There are: ${scenarioNames.join(', ')}.` })
      scenes.start(wish.data)
      return redirect('/')
    },
  },
  {
    method: 'DELETE',
    path: '/scenarios',
    handle: () => {
      scenes.stopAll()
      return json(200, { stopped: true })
    },
  },
]
